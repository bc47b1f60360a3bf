import { accounted, inFlight, observedSinceBase, type Progress } from './progress.ts';
import type { PanelDocument } from './sockets.ts';

/** What all documents have observed since the totals were last reset. */
export class Followed {
  private readonly documents = new Map<Progress, PanelDocument>();
  /** Frames of documents that have ended, and of files. */
  private past = 0;

  /** A document reports frames. */
  follow(progress: Progress, document: PanelDocument): void {
    this.documents.set(progress, document);
  }

  /** All frames of a document are accounted for, and no more will come for now. */
  settle(progress: Progress): void {
    if (!this.documents.delete(progress)) return;
    this.past += observedSinceBase(progress);
    progress.base = accounted(progress);
  }

  /** Frames that no page has observed. */
  add(frames: number): void {
    this.past += frames;
  }

  /** Resets the totals. */
  restart(): void {
    this.past = 0;
    for (const progress of this.documents.keys()) progress.base = accounted(progress);
  }

  get observed(): number {
    let frames = this.past;
    for (const progress of this.documents.keys()) frames += observedSinceBase(progress);
    return frames;
  }

  /** Frames that have neither arrived nor been accounted for. */
  get inFlight(): number {
    let frames = 0;
    for (const progress of this.documents.keys()) frames += inFlight(progress);
    return frames;
  }

  progresses(): Iterable<Progress> {
    return this.documents.keys();
  }
}
