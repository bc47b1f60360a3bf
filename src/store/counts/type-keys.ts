/**
 * By which message types are told apart: their names, as MQTT's CONNECT is not the `connect` of others. What has no name has a key that no name can be, as names have no
 * line breaks.
 */
export const UNTYPED = '\nuntyped';
export const BINARY = '\nbinary';
/** Stands for all types that are heartbeats, whatever they are called. */
export const HEARTBEATS = '\nheartbeats';

/** A message type: how it is told apart, and how it was written. */
export interface MessageTypeName {
  readonly key: string;
  /** Empty where the key says it. */
  readonly name: string;
}
