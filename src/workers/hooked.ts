/** What is written into the script of a worker, and into which ones it can be. */
import { WORKER_PLACES, type WorkerNotice } from '../protocol/workers.ts';

/** In all of these the hook, which is ASCII, reads the same. */
const CHARSETS = [undefined, 'utf-8', 'utf8', 'us-ascii', 'iso-8859-1', 'windows-1252'];

/** A MIME type in lower case; whether its encoding is one in which the hook can be written. */
export function readContentType(text: string): { readonly type: string; readonly isAscii: boolean } {
  const [type = '', ...parameters] = text
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  const encoding = charset?.slice('charset='.length).replace(/^"(.*)"$/, '$1');
  return { type, isAscii: CHARSETS.includes(encoding) };
}

/** The hook with where and as what its worker is to introduce itself. */
export function introduce(hook: string, { meeting, token }: Pick<WorkerNotice, 'meeting' | 'token'>): string {
  return hook.replaceAll(WORKER_PLACES.meeting, meeting).replaceAll(WORKER_PLACES.token, token);
}
