import { type Progress, startOfDocument } from '../../../src/panel/session/recording/progress.ts';
import { Recorder } from '../../../src/panel/session/recording/recorder.ts';
import type { PanelDocument } from '../../../src/panel/session/recording/sockets.ts';
import { batchOf, socketRecord } from './frames.ts';

/** What a test records, from one document with one socket; {@link begin} makes it anew. */
export let recorder: Recorder;
export let document: PanelDocument;
export let progress: Progress;

export function begin(made: Recorder = new Recorder()): void {
  recorder = made;
  document = { identity: { document: 'd', frameId: 0, url: '' }, isGone: false };
  progress = startOfDocument();
  recorder.updateSockets(document, [socketRecord()]);
}

/** Text messages of the document arrive, the first of them with this number. */
export function take(firstSeq: number, ...texts: string[]): void {
  const frames = texts.map((payload) => ({ payload }));
  recorder.takeFrames(document, progress, batchOf(frames, firstSeq));
}

/** What the list shows: payloads and gaps. */
export function rows(): unknown[] {
  const { store } = recorder;
  return Array.from({ length: store.endRow - store.firstRow }, (_, index) => {
    const row = store.firstRow + index;
    return store.payload(row) ?? store.gap(row);
  });
}
