import { utf8Length } from './bytes/bytes.ts';

/**
 * Who may give a close code its meaning (RFC 6455 §7.4.2): the protocol (1000–1015, the codes defined so far),
 * nobody yet (`reserved`, 1016–2999), libraries and frameworks (3000–3999, registered at IANA), applications
 * among themselves (`private`, 4000–4999). Everything else is not a close code.
 */
export type CloseCodeRange = 'protocol' | 'reserved' | 'library' | 'private' | 'invalid';

export interface CloseCodeInfo {
  readonly code: number;
  /** The registry's English term, `Policy Violation`; empty for codes that have none. */
  readonly name: string;
  /** Key in `public/_locales` of a sentence about the meaning and the usual cause, for instance `closeCode1008`. */
  readonly messageKey: string;
  readonly range: CloseCodeRange;
  /** Whether the code alone says that nothing went wrong. False for private and library codes, whose meaning only their owner knows. */
  readonly cleanByItself: boolean;
}

/**
 * Names from IANA's WebSocket Close Code Number Registry, abbreviations written out
 * (https://www.iana.org/assignments/websocket/websocket.xhtml#close-code-number); 1014 has a description there
 * only, which compares it to HTTP's "Bad Gateway".
 */
const REGISTERED: ReadonlyMap<number, string> = new Map([
  [1000, 'Normal Closure'],
  [1001, 'Going Away'],
  [1002, 'Protocol Error'],
  [1003, 'Unsupported Data'],
  [1004, 'Reserved'],
  [1005, 'No Status Received'],
  [1006, 'Abnormal Closure'],
  [1007, 'Invalid Frame Payload Data'],
  [1008, 'Policy Violation'],
  [1009, 'Message Too Big'],
  [1010, 'Mandatory Extension'],
  [1011, 'Internal Error'],
  [1012, 'Service Restart'],
  [1013, 'Try Again Later'],
  [1014, 'Bad Gateway'],
  [1015, 'TLS Handshake'],
  [3000, 'Unauthorized'],
  [3003, 'Forbidden'],
  [3008, 'Timeout'],
]);

/** 1005 stands for a Close frame without a code: the closing handshake took place. */
const CLEAN: ReadonlySet<number> = new Set([1000, 1001, 1005]);

/** What the code of a `CloseEvent` means (RFC 6455 §7.4). Takes any number, even an impossible one. */
export function closeCodeInfo(code: number): CloseCodeInfo {
  const range = rangeOf(code);
  const name = REGISTERED.get(code);
  return {
    code,
    name: name ?? '',
    messageKey: name === undefined ? RANGE_KEYS[range] : `closeCode${code}`,
    range,
    cleanByItself: CLEAN.has(code),
  };
}

const RANGE_KEYS: Readonly<Record<CloseCodeRange, string>> = {
  protocol: 'closeCodeReserved',
  reserved: 'closeCodeReserved',
  library: 'closeCodeLibrary',
  private: 'closeCodePrivate',
  invalid: 'closeCodeInvalid',
};

function rangeOf(code: number): CloseCodeRange {
  if (!Number.isInteger(code) || code < 1000 || code > 4999) return 'invalid';
  if (code <= 1015) return 'protocol';
  if (code < 3000) return 'reserved';
  return code < 4000 ? 'library' : 'private';
}

/** Most UTF-8 bytes that a close reason may take: the 125 bytes of a control frame less 2 for the code (RFC 6455 §5.5). */
const MAX_CLOSE_REASON_BYTES = 123;

export type CloseValidity =
  | { readonly ok: true }
  /** The browser would throw InvalidAccessError. */
  | { readonly ok: false; readonly problem: 'code-not-allowed'; readonly code: number }
  /** The browser would throw SyntaxError. Lengths are in UTF-8 bytes. */
  | {
      readonly ok: false;
      readonly problem: 'reason-too-long';
      readonly byteLength: number;
      readonly limit: number;
    }
  /** A Close frame has no room for a reason without a code (RFC 6455 §5.5.1): it would be lost. */
  | { readonly ok: false; readonly problem: 'reason-without-code' };

/**
 * Whether script may close a socket with this code and reason
 * (https://websockets.spec.whatwg.org/#dom-websocket-close). An empty reason counts as no reason.
 */
export function validateClose(code: number | undefined, reason: string): CloseValidity {
  if (code !== undefined && !isAllowedForScript(code))
    return { ok: false, problem: 'code-not-allowed', code };
  const byteLength = utf8Length(reason);
  if (byteLength > MAX_CLOSE_REASON_BYTES) {
    return { ok: false, problem: 'reason-too-long', byteLength, limit: MAX_CLOSE_REASON_BYTES };
  }
  if (code === undefined && reason !== '') return { ok: false, problem: 'reason-without-code' };
  return { ok: true };
}

function isAllowedForScript(code: number): boolean {
  return code === 1000 || (Number.isInteger(code) && code >= 3000 && code <= 4999);
}
