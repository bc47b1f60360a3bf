import type { Panel } from '../../../scripts/devtools/driver.ts';

interface HoldingWindow extends Window {
  goOnReading(): void;
}

/**
 * Lets the panel read so many pieces of files from now on, and no more before {@link goOnReading}: an import lasts as long as a
 * test needs it to, on any machine. The first two pieces tell what sort of file it is.
 */
export function holdReading(panel: Panel, pieces: number): Promise<void> {
  return panel.evaluate((most: number) => {
    const own = window as unknown as HoldingWindow;
    const { arrayBuffer } = Blob.prototype;
    let read = 0;
    const released = new Promise<void>((resolve) => {
      own.goOnReading = () => {
        Blob.prototype.arrayBuffer = arrayBuffer;
        resolve();
      };
    });
    Blob.prototype.arrayBuffer = async function (this: Blob) {
      if (++read > most) await released;
      return arrayBuffer.call(this);
    };
  }, pieces);
}

export function goOnReading(panel: Panel): Promise<void> {
  return panel.evaluate(() => (window as unknown as HoldingWindow).goOnReading());
}
