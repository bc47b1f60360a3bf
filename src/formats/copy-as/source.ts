/** One message to be written down. */
export interface CopiedMessage {
  readonly payload: string | Uint8Array;
}

/** Where messages go to. */
export interface CopiedSocket {
  readonly url: string;
  /** Subprotocol; empty if none. */
  readonly protocol: string;
  /** Of the page, for servers that look at it; empty where nobody knows. */
  readonly origin: string;
}

/** Why messages cannot be written in a form. */
export type CopyProblem =
  | 'not-json'
  /** Bytes that are no UTF-8. */
  | 'not-text'
  /** What is written down would be longer than a string can be. */
  | 'too-long'
  /** wscat sends text alone. */
  | 'wscat-binary'
  /** No argument of a command can hold U+0000. */
  | 'wscat-nul'
  /** websocat takes a line break or U+0000 for the end of a message: one of the two can be held. */
  | 'websocat-ends'
  /** Several messages for websocat, one of which does not fit into its buffer. */
  | 'websocat-size';

export type Copied =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: CopyProblem };

export function copied(text: string): Copied {
  return { ok: true, text };
}

export function notCopied(problem: CopyProblem): Copied {
  return { ok: false, problem };
}
