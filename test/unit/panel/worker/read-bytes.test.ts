import { encode } from '@msgpack/msgpack';
import { describe, expect, test } from 'vitest';
import { UNKNOWN_SOCKET } from '../../../../src/decoders/protocol-signs.ts';
import { readBytes } from '../../../../src/panel/worker/read-bytes.ts';
import { inlineBytesWorker } from '../../helpers/inline-large-task-worker.ts';

const breathe = async () => undefined;
const never = new AbortController().signal;
/** More than is handed over at once. */
const LONG = encode(Array.from({ length: 200_000 }, (_, index) => ({ index, of: 'many' })));

function startWith(worker: ReturnType<typeof inlineBytesWorker>) {
  return { startWorker: () => worker, breathe };
}

describe('a large binary message that is read by a worker', () => {
  test('is handed over in parts and comes back as the values of the whole', async () => {
    const worker = inlineBytesWorker();
    const message = await readBytes(LONG, UNKNOWN_SOCKET, startWith(worker), never);
    expect(worker.requests.length).toBeGreaterThan(2);
    expect(worker.isEnded).toBe(true);
    if (message?.type !== 'read') throw new Error('nothing was read');
    expect(message.envelope).toMatchObject({ protocol: 'MessagePack', values: { reading: 'MessagePack' } });
    expect(message.document.nodeCount).toBe(600_001);
    expect(message.document.source.slice(0, 40)).toBe('[{"index":0,"of":"many"},{"index":1,"of"');
    expect(message.envelope.values?.json).toBe(message.document.source);
  });

  test('may be a packet with JSON in it', async () => {
    const bytes = new TextEncoder().encode('MESSAGE\nid:1\n\n{"a":1}\0');
    const message = await readBytes(bytes, UNKNOWN_SOCKET, startWith(inlineBytesWorker()), never);
    if (message?.type !== 'read') throw new Error('nothing was read');
    const packet = { head: 'MESSAGE\nid:1\n\n', json: '{"a":1}', end: '\0' };
    expect(message.envelope).toEqual({ protocol: 'STOMP', packets: [packet] });
  });

  test('says where it is not what it is said to be, and nothing of what may be anything', async () => {
    const read = (socket = UNKNOWN_SOCKET) =>
      readBytes(Uint8Array.of(0x92, 1, 0xc1), socket, startWith(inlineBytesWorker()), never);
    expect(await read({ url: '', protocol: '', reading: 'MessagePack' })).toEqual({
      type: 'unread',
      malformedAt: 3,
    });
    expect(await read()).toEqual({ type: 'unread', malformedAt: 0 });
  });

  test('is no tree where its JSON would be too long for one', async () => {
    const bytes = encode(Array.from({ length: 200 }, () => new Uint8Array(65_000)));
    expect(await readBytes(bytes, UNKNOWN_SOCKET, startWith(inlineBytesWorker()), never)).toEqual({
      type: 'too-long',
    });
  });

  test('is not read any more once nobody wants it, and the worker ends', async () => {
    const worker = inlineBytesWorker();
    const leaving = new AbortController();
    const helpers = { startWorker: () => worker, breathe: async () => leaving.abort() };
    expect(await readBytes(LONG, UNKNOWN_SOCKET, helpers, leaving.signal)).toBeUndefined();
    expect(worker.requests.filter(({ type }) => type === 'part')).toHaveLength(1);
    expect(worker.isEnded).toBe(true);
  });

  test('is read on the spot where there is no worker', async () => {
    const startWorker = () => {
      throw new Error('no workers here');
    };
    const message = await readBytes(Uint8Array.of(0x91, 1), UNKNOWN_SOCKET, { startWorker, breathe }, never);
    expect(message).toMatchObject({ type: 'unread' });
    expect(
      await readBytes(Uint8Array.of(0x92, 1, 2), UNKNOWN_SOCKET, { startWorker, breathe }, never),
    ).toMatchObject({ type: 'read', document: { nodeCount: 3 } });
  });
});
