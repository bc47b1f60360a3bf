import { UNKNOWN_SOCKET } from '../../decoders/protocol-signs.ts';
import { COPY_FORMS, type CopyForm, copyAs } from '../../formats/copy-as/copy-as.ts';
import {
  type Copied,
  type CopiedMessage,
  type CopiedSocket,
  notCopied,
} from '../../formats/copy-as/source.ts';
import type { PanelSocket } from '../session/recording/sockets.ts';
import { isMessage, isSent } from './frames/frame-kinds.ts';
import type { PanelModel } from './panel-model.ts';

/** Most frames that are copied: more belong in a file, not on the clipboard. */
export const MOST_COPIED = 10_000;

/** Formats that send messages, as opposed to those that only contain them. */
const SENDING: readonly CopyForm[] = ['javascript', 'websocat', 'wscat'];

export { COPY_FORMS, type CopyForm };

/** The rows that a menu on a row applies to: the selection if the row belongs to it, otherwise only the row. */
function rowsMeant(model: PanelModel, row: number): number[] {
  const { selection, filter } = model;
  if (!selection.has(row) || selection.count(filter.view) > MOST_COPIED) return [row];
  const rows = selection.rows(filter.view);
  return rows.length > 0 ? rows : [row];
}

/**
 * Writes the messages of rows down. A form that sends them is about one socket, that of `row`, and about what the page has sent, if
 * it has sent anything among them.
 * @returns undefined if none of the payloads is available
 */
export async function copyRows(model: PanelModel, form: CopyForm, row: number): Promise<Copied | undefined> {
  const { store } = model;
  const socket = model.socketOf(row);
  const meant = rowsMeant(model, row).filter((each) => isMessage(store.kind(each)));
  const rows = SENDING.includes(form) ? toBeSent(model, meant, row) : meant;
  const messages: CopiedMessage[] = [];
  for (const each of rows) {
    const payload = store.payload(each) ?? (await store.load(each));
    if (payload !== undefined) messages.push({ payload });
  }
  if (messages.length === 0) return undefined;
  return shortEnough(() => copyAs(form, destination(socket), messages)) ?? notCopied('too-long');
}

/** The text; undefined if it would be longer than a string can be. */
export function shortEnough<Written>(write: () => Written): Written | undefined {
  try {
    return write();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function toBeSent({ store }: PanelModel, rows: readonly number[], row: number): readonly number[] {
  const own = rows.filter((each) => store.socket(each) === store.socket(row));
  const sent = own.filter((each) => isSent(store.kind(each)));
  return sent.length > 0 ? sent : own;
}

function destination(socket: PanelSocket | undefined): CopiedSocket {
  return { ...(socket?.words ?? UNKNOWN_SOCKET), origin: originOf(socket?.document.identity.url ?? '') };
}

/** The origin; empty for documents without one of their own. */
function originOf(url: string): string {
  try {
    const { origin } = new URL(url);
    return origin === 'null' ? '' : origin;
  } catch {
    return '';
  }
}
