/** One message to write. */
export interface CopiedMessage {
  readonly payload: string | Uint8Array;
}

/** The socket that the messages are sent to. */
export interface CopiedSocket {
  readonly url: string;
  /** Subprotocol; empty if none. */
  readonly protocol: string;
  /** Origin of the page, for servers that check it; empty if unknown. */
  readonly origin: string;
}

/** Why messages cannot be written in a form. */
export type CopyProblem =
  | 'not-json'
  /** The bytes are not UTF-8. */
  | 'not-text'
  /** The result would be longer than a string can be. */
  | 'too-long'
  /** wscat can only send text. */
  | 'wscat-binary'
  /** No command line argument can contain U+0000. */
  | 'wscat-nul'
  /** websocat ends a message at a line break or at U+0000, so a message can contain only one of the two. */
  | 'websocat-ends'
  /** There are several messages, and one does not fit into websocat's buffer. */
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
