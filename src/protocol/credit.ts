/** Bytes of payload that may be on their way from one document. Beyond a few MiB nothing gets faster, and a blocked panel costs memory. */
export const BYTES_UNDER_WAY = 4 * 1024 * 1024;
/** UTF-16 units or bytes of one part of a payload that does not travel within a batch. */
export const PART = 512 * 1024;
