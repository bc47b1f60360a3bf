import type { Bridge } from '../browser/bridge.ts';

/** ms within which a document answers a roll call; after that the page has no hook. */
export const ROLL_CALL_PATIENCE = 1000;
/** ms until the next call if no document answers, doubled each time. */
const PAUSE = { least: 1000, most: 30_000 };

/** What a roll call asks and tells the session. */
export interface RollCallHost {
  /** No document of the page has answered, for no known reason. */
  isSilent(): boolean;
  /** All documents have had time to answer. */
  onEnded(): void;
}

/**
 * Asks all documents of the tab to announce themselves. A call or an answer can get lost unnoticed while Firefox's background is
 * starting or stopping, so the call is repeated, less and less often, until a document answers.
 */
export class RollCall {
  hasEnded = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly bridge: Pick<Bridge, 'callRoll'>,
    private readonly host: RollCallHost,
  ) {}

  /** @returns a promise that is fulfilled once every document has been asked */
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
