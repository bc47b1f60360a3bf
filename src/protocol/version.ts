/** Raised whenever a message of this folder changes shape. A page hook and a panel of different versions do not talk. */
export const PROTOCOL_VERSION = 4;

/**
 * Type of the one event with which the page hook hands its MessagePort to the content script. Where both were there at the start
 * of the document it is dispatched before any script of the page runs, so that no page listener can see it.
 */
export const HANDOVER_EVENT = 'framescope-handover';

/** Session of what a document hands over that is left before a panel has attached itself to it. */
export const LAST_WORDS = '';
