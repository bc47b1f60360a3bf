/** What goes by `runtime.sendMessage` and by the names of ports: who is there, never what was captured. */

/** Content script → panel: a document is there and can be connected to. Which frame it is in, the browser says in `sender`. */
export interface Announcement {
  readonly type: 'framescope-document';
  /** Made up by the content script, out of the page's reach: a frame's next document has another one. */
  readonly document: string;
  /** Address of its script, of a worker of the document. */
  readonly worker?: string | undefined;
  /** Of a document that is older than the extension: ms since the epoch from which on it is captured. */
  readonly since?: number | undefined;
}

/**
 * Firefox's background → panels: an announcement, with what the browser said of its sender. What content scripts send
 * reaches only the background there.
 */
export interface PassedOnAnnouncement {
  readonly type: 'framescope-document-passed-on';
  readonly document: string;
  readonly tabId: number;
  readonly frameId: number;
  readonly url: string;
  readonly isWorker: boolean;
  readonly since?: number | undefined;
}

/**
 * Content script → panel: what its document hands over as it is left and no panel is attached to it; a page's message, encoded as for
 * JSON.
 */
export interface LastWords {
  readonly type: 'framescope-last-words';
  readonly document: string;
  readonly message: unknown;
}

/** Firefox's background → panels: last words, with what the browser said of their sender. */
export interface PassedOnLastWords {
  readonly type: 'framescope-last-words-passed-on';
  readonly of: PassedOnAnnouncement;
  readonly message: unknown;
}

/** Panel → content scripts of one tab: announce yourselves. In Firefox the background passes it on. */
export interface RollCall {
  readonly type: 'framescope-roll-call';
  readonly tabId: number;
}

/** Panel → Firefox's background: may content scripts run at all? Answered with a boolean. */
export interface PermissionQuestion {
  readonly type: 'framescope-may-read-pages';
}

/** Panel → Firefox's background: show the page on which the user can grant the permission. */
export interface PermissionPageRequest {
  readonly type: 'framescope-open-permission-page';
}

export type RuntimeMessage =
  | Announcement
  | PassedOnAnnouncement
  | LastWords
  | PassedOnLastWords
  | RollCall
  | PermissionQuestion
  | PermissionPageRequest;

/** The message, if it is one of ours. */
export function asRuntimeMessage(message: unknown): RuntimeMessage | undefined {
  if (typeof message !== 'object' || message === null || !('type' in message)) return undefined;
  switch (message.type) {
    case 'framescope-document':
      return 'document' in message && typeof message.document === 'string'
        ? {
            type: message.type,
            document: message.document,
            worker: workerOf(message),
            since: sinceOf(message),
          }
        : undefined;
    case 'framescope-document-passed-on':
      return asPassedOn(message);
    case 'framescope-last-words':
      return 'document' in message && typeof message.document === 'string' && 'message' in message
        ? { type: message.type, document: message.document, message: message.message }
        : undefined;
    case 'framescope-last-words-passed-on':
      return asPassedOnLastWords(message);
    case 'framescope-may-read-pages':
    case 'framescope-open-permission-page':
      return { type: message.type };
    case 'framescope-roll-call':
      return 'tabId' in message && typeof message.tabId === 'number'
        ? { type: message.type, tabId: message.tabId }
        : undefined;
    default:
      return undefined;
  }
}

function workerOf(message: object): string | undefined {
  return 'worker' in message && typeof message.worker === 'string' ? message.worker : undefined;
}

function sinceOf(message: object): number | undefined {
  return 'since' in message && typeof message.since === 'number' ? message.since : undefined;
}

function asPassedOnLastWords(message: object): PassedOnLastWords | undefined {
  const { of, message: words } = message as Partial<Record<keyof PassedOnLastWords, unknown>>;
  const sender = typeof of === 'object' && of !== null ? asPassedOn(of) : undefined;
  return sender && { type: 'framescope-last-words-passed-on', of: sender, message: words };
}

function asPassedOn(message: object): PassedOnAnnouncement | undefined {
  const { document, tabId, frameId, url, isWorker } = message as Partial<
    Record<keyof PassedOnAnnouncement, unknown>
  >;
  if (typeof document !== 'string' || typeof url !== 'string') return undefined;
  if (typeof tabId !== 'number' || typeof frameId !== 'number') return undefined;
  const type = 'framescope-document-passed-on';
  return { type, document, tabId, frameId, url, isWorker: isWorker === true, since: sinceOf(message) };
}

/** Name of a runtime port to a content script. */
export const PORT_NAME = 'framescope';

/** Name of a port which Firefox's background is to extend to a frame. */
export function frameAddress(tabId: number, frameId: number): string {
  return `${PORT_NAME}:${tabId}:${frameId}`;
}

/** Undoes {@link frameAddress}; undefined for any other name. */
export function parseFrameAddress(name: string): { tabId: number; frameId: number } | undefined {
  const [prefix, tabId, frameId, ...rest] = name.split(':');
  if (prefix !== PORT_NAME || rest.length > 0 || !isNumber(tabId) || !isNumber(frameId)) return undefined;
  return { tabId: Number(tabId), frameId: Number(frameId) };
}

function isNumber(text: string | undefined): text is string {
  return text !== undefined && /^\d+$/.test(text);
}
