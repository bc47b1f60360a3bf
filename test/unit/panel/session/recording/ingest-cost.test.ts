import { afterAll, describe, expect, test } from 'vitest';
import { startOfDocument } from '../../../../../src/panel/session/recording/progress.ts';
import { Recorder } from '../../../../../src/panel/session/recording/recorder.ts';
import type { PanelDocument } from '../../../../../src/panel/session/recording/sockets.ts';
import { type Effort, EffortMeter } from '../../../helpers/effort.ts';
import { batchOf, socketRecord } from '../../../helpers/frames.ts';

const meter = new EffortMeter();
afterAll(() => meter.end());

/** Has a recorder take in one batch whose frames go round all sockets. */
function takeIn(frames: number, sockets: number): Effort {
  const recorder = new Recorder();
  const document: PanelDocument = { identity: { document: 'd', frameId: 0, url: '' }, isGone: false };
  const numbers = Array.from({ length: sockets }, (_, index) => index + 1);
  recorder.updateSockets(
    document,
    numbers.map((id) => socketRecord({ id })),
  );
  const batch = batchOf(
    Array.from({ length: frames }, (_, index) => ({
      payload: `frame ${index}`,
      socket: 1 + (index % sockets),
      time: index,
    })),
  );
  return meter.measure(() => recorder.takeFrames(document, startOfDocument(), batch));
}

/**
 * All panels do this for every frame, and nothing else tells when it becomes many times as much. Now it takes
 * 50 to 56 steps and 115 bytes with one socket, 58 to 60 and 150 where each frame is another socket's than the one before. Most of the bytes are
 * numbers that only code which is counted keeps on the heap.
 */
describe.each([
  { sockets: 1, steps: 75 },
  { sockets: 10, steps: 80 },
  { sockets: 200, steps: 80 },
])('taking in a batch, the frames of $sockets sockets in turn', ({ sockets, steps }) => {
  test('takes few steps per frame and hardly any memory besides what is stored', () => {
    takeIn(8000, sockets); // the engine allocates too, the first times that it runs something
    const effort = takeIn(8000, sockets);
    expect(effort.steps / 8000).toBeLessThan(steps);
    expect(effort.allocated / 8000).toBeLessThan(250);
  });

  test('takes twice as many for twice as many frames', () => {
    const [some, more] = [takeIn(4000, sockets), takeIn(8000, sockets)];
    expect(more.steps / some.steps).toBeLessThan(2.2);
  });
});
