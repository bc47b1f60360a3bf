/** What a page saw and did, one line each. The same code must see the same with Framescope and without. */
export type Note = (...words: unknown[]) => void;

declare global {
  /** WebSocket as the first inline script of the page found it. */
  const Native: typeof WebSocket;

  interface Window {
    /** The whole transcript, once the page's work is done. */
    outcome: Promise<string[]>;
    /** Whether Framescope was there before the page's first script. */
    hooked: boolean;
  }
}

/** Longest time that a page may need for all of its work, in ms. */
const PATIENCE = 25_000;

/** Runs the page's work and publishes its transcript. */
export function transcribe(work: (note: Note) => Promise<void>): void {
  const lines: string[] = [];
  const note: Note = (...words) => {
    lines.push(words.map(inWords).join(' '));
  };
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error('It does not end')), PATIENCE);
  });
  window.hooked = isHooked();
  window.outcome = Promise.race([work(note), late]).then(
    () => [...lines, 'done'],
    (error: unknown) => {
      throw new Error(`${error}; until then:\n${lines.join('\n')}`);
    },
  );
  // The test asks for it later.
  window.outcome.catch(() => {});
}

/** The source of a Proxy has no name: the one thing that tells. Nobody but Framescope touches the native `close`. */
function isHooked(): boolean {
  let prototype: object = Native.prototype;
  while (Object.getPrototypeOf(prototype) !== EventTarget.prototype)
    prototype = Object.getPrototypeOf(prototype);
  const { close } = prototype as WebSocket;
  return /^function \(\)\s*\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(close));
}

function inWords(word: unknown): string {
  if (typeof word === 'string') return word;
  if (word instanceof ArrayBuffer) return `buffer[${new Uint8Array(word)}]`;
  if (word instanceof Uint8Array) return `bytes[${word}]`;
  if (word instanceof Blob) return `blob(${word.size})`;
  if (word instanceof Error || word instanceof DOMException) return `${word.name}: ${word.message}`;
  return JSON.stringify(word) ?? String(word);
}

/** Asks until it is true. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Address of a WebSocket on the server that serves the page. */
export function socketUrl(path: string): string {
  return `${location.origin.replace('http', 'ws')}${path}`;
}

/** Lets the server break all connections on a path, without a closing handshake. */
export async function drop(path: string): Promise<void> {
  await fetch(`/control/drop?path=${encodeURIComponent(path)}`);
}
