import type { Bridge } from './bridge.ts';

/** ms in which a document of the page must have answered, unless there is none of ours. */
export const ROLL_CALL_PATIENCE = 1000;
/** ms to the next call while nobody answers, doubled each time. */
const PAUSE = { least: 1000, most: 30_000 };

/** What a roll call needs to know of the session, and tells it. */
export interface RollCallHost {
  /** No document of the page has answered, and nothing else says why. */
  isSilent(): boolean;
  /** Whoever could answer has had the time for it. */
  onEnded(): void;
}

/**
 * Asks all documents of the tab to announce themselves. A call, and an answer, can get lost where Firefox's background is only
 * just starting or being stopped, and nothing tells of that: while nobody answers it is repeated, less and less often.
 */
export class RollCall {
  hasEnded = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly bridge: Pick<Bridge, 'callRoll'>,
    private readonly host: RollCallHost,
  ) {}

  /** @returns once every document has heard that it is to announce itself */
  call(): Promise<void> {
    this.hasEnded = false;
    this.wait(ROLL_CALL_PATIENCE, () => {
      this.hasEnded = true;
      this.host.onEnded();
      this.repeat(PAUSE.least);
    });
    return this.bridge.callRoll();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private repeat(pause: number): void {
    this.wait(pause, () => {
      if (!this.host.isSilent()) return;
      void this.bridge.callRoll();
      this.repeat(Math.min(PAUSE.most, 2 * pause));
    });
  }

  private wait(ms: number, then: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(then, ms);
  }
}
