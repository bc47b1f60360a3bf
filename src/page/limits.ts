// How much the page side keeps and sends.

/** What is kept for a panel that is opened later: frames, and bytes of payload. */
export const HISTORY = 10_000;
export const HISTORY_BYTES = 8 * 1024 * 1024;
/** What may wait for the panel that is open now; of payload as much as the largest one has. */
export const BACKLOG = 500_000;
/**
 * ms for which as much is kept for a panel whose connection has broken: it tries again for less than that. One that is attached and does
 * not answer may be busy for a while; or the extension is gone, of which no browser tells.
 */
export const PATIENCE = 10_000;
export const PATIENCE_ATTACHED = 120_000;
/** Messages that may be on their way to the panel. */
export const MESSAGES_UNDER_WAY = 64;
/** While a batch is on its way, the next one waits for this much or for the acknowledgement. */
export const WORTH_POSTING = 2048;
export const WORTH_POSTING_BYTES = 256 * 1024;
/** Records of sockets in one message, less one: their addresses and call stacks can be long. */
export const NEWS = 99;

/** Values of `Entry.contentMessage`: no acknowledgement comes up to the one, any to the other. */
export const NOT_POSTED = 1 / 0;
export const DELIVERED = 0;
/** Value of `Tap.told`. */
export const UNTOLD = -1;
/** Waiting frames up to which nobody is told whose they are. */
export const FEW = 64;

/** A batch ends before the frame that would take it past one of these. */
export const BATCH_FRAMES = 4096;
export const BATCH_BYTES = 1024 * 1024;

/**
 * Stacks that may be taken in a burst, and one more for every so many ms. A page that sends thousands of messages a second
 * would pay for each of them (taking one costs 2–8 µs, wording it tens of µs): its first ones have a stack, and then two
 * hundred a second at most.
 */
export const BURST = 100;
export const REFILL = 5;

/** Stacks that are not text yet. */
export const MOST_WAITING = 200;

/** Closed sockets whose records are kept for a panel that is opened later. */
export const MAX_TAPS = 1000;

/** UTF-16 units that are encoded at a time. */
export const STEP = 1024;
