/** Bytes or UTF-16 units of payload of one document that may be in flight. More than a few MiB is no faster, and costs memory if the panel is blocked. */
export const BYTES_UNDER_WAY = 4 * 1024 * 1024;
/** UTF-16 units or bytes of one part of a payload that does not travel within a batch. */
export const PART = 512 * 1024;
