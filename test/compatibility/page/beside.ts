/**
 * A page with another patcher: `/…/early/subclass` has one that was there before Framescope, `/…/inline/subclass` puts it in place
 * in its first inline script, `/…/later/subclass+functionWrapper` one after the other between its sockets.
 */
import { type PatcherName, patchers } from './patchers.ts';
import { connect, describeApi, failures, misuse } from './socket-use.ts';
import { type Note, transcribe } from './transcript.ts';

const [, , when = '', names = ''] = location.pathname.split('/');

/** What one that was there before Framescope saw of Framescope itself is left out: its listeners and what they read. */
function patcherLog(): string[] {
  const log = (window as { patcherLog?: string[] }).patcherLog ?? [];
  return when === 'early'
    ? log.filter((line) => !/^(listener for|constructor read|data read)/.test(line))
    : log;
}

async function work(note: Note): Promise<void> {
  describeApi(note);
  const older = await connect(note, 'older', Native);
  const between = [];
  for (const name of when === 'later' ? (names.split('+') as PatcherName[]) : []) {
    patchers[name]();
    note('patched by', name);
    describeApi(note);
    between.push(await connect(note, name));
  }
  note('saved', Native === WebSocket, Native.prototype === WebSocket.prototype, Native.name);
  note(
    'saved is made by',
    Native === Native.prototype.constructor,
    WebSocket === WebSocket.prototype.constructor,
  );
  await misuse(note);
  const newest = await connect(note, 'newest');
  const native = await connect(note, 'native', Native);
  for (const used of [older, ...between, newest, native]) {
    await used.exchange();
    await used.finish();
  }
  await failures(note);
  note('patchers saw', patcherLog());
  if (Object.getOwnPropertyDescriptor(window, 'WebSocket')?.writable) {
    window.WebSocket = Native;
    const restored = await connect(note, 'restored');
    await restored.exchange();
    await restored.finish();
  }
}

transcribe(work);
