// How much the page side keeps and sends.

/** Frames, and bytes or UTF-16 units of payload, that are kept for a panel that is opened later. */
export const HISTORY = 10_000;
export const HISTORY_BYTES = 8 * 1024 * 1024;
/** Frames that may wait for a panel that is open; of payload, as much as the largest one may have. */
export const BACKLOG = 500_000;
/**
 * ms for which that much is kept after the panel's connection broke (it stops reconnecting earlier), and while an attached panel does
 * not respond: it may be busy, or the extension is gone, for which there is no event.
 */
export const PATIENCE = 10_000;
export const PATIENCE_ATTACHED = 120_000;
/** Messages that may be in flight to the panel. */
export const MESSAGES_UNDER_WAY = 64;
/** While a batch is in flight, the next one waits for so many frames, for so many bytes or UTF-16 units, or for the acknowledgement. */
export const WORTH_POSTING = 2048;
export const WORTH_POSTING_BYTES = 256 * 1024;
/** Records of sockets in one message, less one: their URLs and call stacks can be long. */
export const NEWS = 99;

/** Values of `Entry.contentMessage`: no acknowledgement reaches the first, every one reaches the second. */
export const NOT_POSTED = 1 / 0;
export const DELIVERED = 0;
/** Value of `Tap.told`. */
export const UNTOLD = -1;
/** While no more frames wait than these, the frames of each socket are not reported. */
export const FEW = 64;

/** A batch ends before the frame that would take it past one of these; bytes or UTF-16 units. */
export const BATCH_FRAMES = 4096;
export const BATCH_BYTES = 1024 * 1024;

/**
 * Call stacks that may be captured in a burst, and ms until one more may be. A page that sends thousands of messages a second
 * would pay for each of them (capturing one costs 2–8 µs, formatting it tens of µs): its first ones have a stack, and then two
 * hundred a second at most.
 */
export const BURST = 100;
export const REFILL = 5;

/** Captured stacks that have not been formatted. */
export const MOST_WAITING = 200;

/** Sockets whose records are kept, for a panel that is opened later or is blocked; of more, the oldest closed ones are forgotten. */
export const MAX_TAPS = 4000;

/** ms by which `performance.now()` may lag behind the clock; more than that is a sleep of the computer. */
export const SLEEP = 1000;

/** UTF-16 units that are encoded at a time. */
export const STEP = 1024;
