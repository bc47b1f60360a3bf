/** `blob:` workers in Chrome: the scripts that capture them run only on sites for which the user has switched that on. */

/** Needed in addition to the permission to read the pages of the site; the user grants both when switching it on. */
export const SITE_PERMISSION = 'scripting';

/** The built scripts that are registered for a site. What answers the page's half is there before it. */
export const SITE_SCRIPTS = [
  { name: 'copies', file: 'src/content/site-workers.js', world: 'ISOLATED' },
  { name: 'hook', file: 'src/page/site-workers.js', world: 'MAIN' },
] as const;

/**
 * Type of the one event by which the page's half hands its bell to the content script: a MessagePort that carries nothing. Both worlds
 * have the same one and dispatch events on it, which are heard at once; a page cannot reach it.
 */
export const BELL_EVENT = 'framescope-bell';

/** Types of the events on the bell. */
export const BELL = {
  /** Page → content script: a worker is about to be started; the data is a {@link CopyRequest}. */
  copy: 'copy',
  /** Page → content script: the page has revoked the URL that is the data. */
  revoke: 'revoke',
  /** Content script → page, during the event that is answered: {@link BELL_READY}, or the URL of the copy, if there is one. */
  answer: 'answer',
} as const;

/** Answers {@link BELL_EVENT}. */
export const BELL_READY = 'ready';

/** A worker is about to be started from this URL, which stands for this Blob. */
export interface CopyRequest {
  readonly url: string;
  readonly blob: Blob;
}
