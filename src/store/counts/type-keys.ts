/**
 * By which message types are told apart: their names, as MQTT's CONNECT is not the `connect` of others. What has no name has a key that no name can be, as names have no
 * line breaks.
 */
export const UNTYPED = '\nuntyped';
export const BINARY = '\nbinary';
/** Stands for all heartbeat types, whatever their names. */
export const HEARTBEATS = '\nheartbeats';

/** A message type: its key, and its name as written. */
export interface MessageTypeName {
  readonly key: string;
  /** Empty if it is the same as the key. */
  readonly name: string;
}
