import type { Bridge } from '../browser/bridge.ts';

/** How often, and every how many ms, a silent page is asked whether it is one that no extension may look into. */
const QUESTIONS = { attempts: 6, interval: 300 };

/** What a watch needs to know of the session, and tells it. */
export interface ForbiddenPageHost {
  /** No document of ours answers. */
  isSilent(): boolean;
  /** The tab shows a page that no extension may look into. */
  onShown(): void;
}

/**
 * Finds out that the tab shows a page that no extension may look into. Nobody tells that it is there: the one before seems not to answer
 * any more. DevTools themselves may learn of it a moment later.
 */
export class ForbiddenPage {
  isShown = false;
  /** The tab has loaded something, which has not shown what it is yet. */
  private hasLoaded = false;
  /** Pages that the tab has shown. */
  private pages = 0;

  constructor(
    private readonly bridge: Pick<Bridge, 'isForbidden'>,
    private readonly host: ForbiddenPageHost,
  ) {}

  /** The tab has loaded something. */
  load(): void {
    this.hasLoaded = true;
    void this.ask();
  }

  /** The tab has another page. */
  navigate(): void {
    this.pages++;
    this.isShown = this.hasLoaded = false;
  }

  /** A document of ours is there. */
  meet(isTop: boolean): void {
    this.isShown = false;
    if (isTop) this.hasLoaded = false;
  }

  /** What is known of a document has changed: the page before may have fallen silent only now. */
  lookAgain(): void {
    if (this.hasLoaded) void this.ask();
  }

  async ask(attempts = QUESTIONS.attempts): Promise<void> {
    if (!this.host.isSilent() || attempts === 0) return;
    this.hasLoaded = false;
    const { pages } = this;
    const isForbidden = (await this.bridge.isForbidden?.()) === true;
    if (pages !== this.pages) return;
    if (isForbidden) {
      this.isShown = true;
      this.host.onShown();
    } else {
      setTimeout(() => void this.ask(attempts - 1), QUESTIONS.interval);
    }
  }
}
