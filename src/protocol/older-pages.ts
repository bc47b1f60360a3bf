/** Pages that are older than the extension, or than its last update: how a content script that comes late finds what is there. */

/**
 * Chrome: type of the event with which a content script asks for the port of a hook that is there already. The content script of
 * before, which an update of the extension has cut off, answers with the event of the handover; one that is not cut off answers nobody.
 */
export const SUCCESSION_EVENT = 'framescope-succession';

/**
 * Content script → page hook, on its port, in Firefox, which takes content scripts away with an update: who dispatches an event of this type
 * gets the port by another one of this type. No page can know it.
 */
export interface HeirNotice {
  readonly type: 'heir';
  readonly name: string;
}

/**
 * Name, in the world of content scripts, under which a document's relay says that it is there. In Chrome the panel calls it after bringing
 * the relay into an older page, which is how the relay learns that it has come late.
 */
export const LATE_RELAY = 'framescopeRelay';

/** The global object of that world. */
export interface LateRelay {
  /** Whether a hook has handed over its port. One of before is asked to, if there is one. */
  [LATE_RELAY]?: () => boolean;
}
