/** Formats as which binary messages are read that hold values. */
export const BYTES_READINGS = ['MessagePack', 'CBOR', 'Protobuf'] as const;
export type BytesReading = (typeof BYTES_READINGS)[number];
