import type { CloseDetail } from '../../protocol/frames.ts';
import type { ClosingRequest, ReadyState } from '../../protocol/sockets.ts';
import {
  amountIn,
  BadField,
  type Fields,
  isObject,
  oneOf,
  optionalAmountIn,
  optionalTimeIn,
  textIn,
  timeIn,
} from '../fields.ts';
import type { Handshake, Header } from '../handshake.ts';
import type { RecordedSocket } from '../recording.ts';
import { READY_STATES } from './names.ts';

/** @throws {BadField} if the line is invalid */
export function readSocketLine(fields: Fields): RecordedSocket {
  const number = amountIn(fields, 'socket');
  if (number === 0) throw new BadField('socket');
  const url = textIn(fields, 'url');
  if (!/^wss?:/i.test(url)) throw new BadField('url');
  const stack = textIn(fields, 'stack');
  return {
    number,
    documentUrl: textIn(fields, 'document'),
    record: {
      url,
      readyState: READY_STATES.indexOf(oneOf(fields, 'readyState', READY_STATES)) as ReadyState,
      protocol: textIn(fields, 'protocol'),
      extensions: textIn(fields, 'extensions'),
      binaryType: textIn(fields, 'binaryType'),
      createdAt: timeIn(fields, 'createdAt'),
      openedAt: optionalTimeIn(fields, 'openedAt'),
      closedAt: optionalTimeIn(fields, 'closedAt'),
      close: closeOf(fields.close),
      closing: closingOf(fields.closing),
      adopted: fields.adopted === true,
      isStream: fields.stream === true || undefined,
      hasUnseen: fields.hasUnseen === true || undefined,
      stack: stack === '' ? undefined : stack,
    },
    handshake: handshakeOf(fields.handshake),
  };
}

function closeOf(value: unknown): CloseDetail | undefined {
  if (value === undefined) return undefined;
  if (!isObject(value)) throw new BadField('close');
  return {
    code: amountIn(value, 'code'),
    reason: textIn(value, 'reason'),
    wasClean: value.wasClean === true,
  };
}

function closingOf(value: unknown): ClosingRequest | undefined {
  if (value === undefined) return undefined;
  if (!isObject(value)) throw new BadField('closing');
  const reason = textIn(value, 'reason');
  return {
    by: oneOf(value, 'by', ['page', 'panel']),
    at: timeIn(value, 'at'),
    code: optionalAmountIn(value, 'code'),
    reason: reason === '' ? undefined : reason,
  };
}

function handshakeOf(value: unknown): Handshake | undefined {
  if (value === undefined) return undefined;
  if (!isObject(value)) throw new BadField('handshake');
  return {
    status: amountIn(value, 'status'),
    statusText: textIn(value, 'statusText'),
    httpVersion: textIn(value, 'httpVersion'),
    requestHeaders: headersOf(value, 'requestHeaders'),
    responseHeaders: headersOf(value, 'responseHeaders'),
    initiator: textIn(value, 'initiator'),
    failure: textIn(value, 'failure'),
  };
}

function headersOf(fields: Fields, name: string): Header[] {
  const value = fields[name];
  if (!Array.isArray(value)) throw new BadField(name);
  return value.map((header: unknown) => {
    if (!isObject(header)) throw new BadField(name);
    return { name: textIn(header, 'name'), value: textIn(header, 'value') };
  });
}
