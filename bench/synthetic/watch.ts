/** Runs in the panel before its own script and notes when what appears, and what pictures cost. */

/** What one picture cost, in ms of the panel's main thread. */
export interface Picture {
  /** ms from the panel's beginning */
  readonly at: number;
  readonly script: number;
  /** Style and layout after it. */
  readonly layout: number;
}

export interface Watch {
  /** ms from the beginning of the panel's document to the first picture with a row; undefined before */
  firstRows: number | undefined;
  /** The first time, in ms from the beginning, at which the status line said so many frames. */
  readonly counts: Map<number, number>;
  /** Of what the panel draws because something is new; scrolling is not among them. */
  pictures: Picture[];
  /** Longest time, in ms, that the panel's main thread took to answer a message from another thread. */
  longestWait: number;
  /** Begins to look at that. */
  watchWaits(): void;
  /** Calls before the next picture, and counts for none. */
  nextPicture(callback: () => void): void;
}

declare global {
  interface Window {
    watch: Watch;
  }
}

const paint = requestAnimationFrame.bind(window);
const counts = new Map<number, number>();

window.watch = {
  firstRows: undefined,
  counts,
  pictures: [],
  longestWait: 0,
  watchWaits() {
    new Worker('/bench-clock.js').onmessage = ({ data }: MessageEvent<number>) => {
      const wait = performance.timeOrigin + performance.now() - data;
      this.longestWait = Math.max(this.longestWait, wait);
    };
  },
  nextPicture(callback) {
    paint(() => callback());
  },
};

/** What the panel asks to be called for before a picture, and the rendering that it leads to. */
window.requestAnimationFrame = (callback) => {
  let start = 0;
  paint(() => {
    start = performance.now();
  });
  const handle = paint(callback);
  paint((at) => {
    const script = performance.now() - start;
    document.documentElement.getBoundingClientRect();
    const layout = performance.now() - start - script;
    const { pictures } = window.watch;
    const last = pictures.at(-1);
    if (last?.at !== at) pictures.push({ at, script, layout });
    else pictures[pictures.length - 1] = { at, script: last.script + script, layout: last.layout + layout };
  });
  return handle;
};

new MutationObserver(() => {
  const ledger = document.querySelector('[role=status][aria-label=Ledger]')?.textContent ?? '';
  const frames = Number(/^[\d,]+/.exec(ledger)?.[0].replaceAll(',', ''));
  if (!counts.has(frames)) counts.set(frames, performance.now());
  if (window.watch.firstRows !== undefined || !document.querySelector('[role=gridcell]')) return;
  window.watch.firstRows = 0;
  paint(() => {
    window.watch.firstRows = performance.now();
  });
}).observe(document, { subtree: true, childList: true, characterData: true });
