import type { JsonDocument } from '../../../decoders/json/document.ts';
import type { SocketWords } from '../../../decoders/protocol-signs.ts';
import type { Turns } from '../../platform/turns.ts';
import type { BytesWorker } from '../../worker/bytes-messages.ts';
import type { Compared, Comparison } from '../../worker/compare.ts';
import type { DiffWorker } from '../../worker/diff-messages.ts';
import type { JsonWorker } from '../../worker/json-messages.ts';
import type { ReadMessage } from '../../worker/read-bytes.ts';

/** The threads for payloads that are too large for the panel's own. */
export interface LargePayloadWorkers {
  readonly turns: Turns;
  readonly startJsonWorker: () => JsonWorker;
  readonly startBytesWorker: () => BytesWorker;
  readonly startDiffWorker: () => DiffWorker;
}

/** Works on large payloads without holding anything up. The code for each task is loaded with the first one. */
export class LargePayloads {
  constructor(private readonly workers: LargePayloadWorkers) {}

  /** Reads a JSON text. @returns undefined once the signal is aborted */
  async readJson(text: string, signal: AbortSignal): Promise<JsonDocument | undefined> {
    const { startJsonWorker: startWorker } = this.workers;
    const { readJson } = await import('../../worker/read-json.ts');
    return readJson(text, { startWorker, breathe: this.breathe }, signal);
  }

  /** Reads a binary message. @returns undefined once the signal is aborted */
  async readBytes(
    bytes: Uint8Array,
    socket: SocketWords,
    signal: AbortSignal,
  ): Promise<ReadMessage | undefined> {
    const { startBytesWorker: startWorker } = this.workers;
    const { readBytes } = await import('../../worker/read-bytes.ts');
    return readBytes(bytes, socket, { startWorker, breathe: this.breathe }, signal);
  }

  /** Compares two payloads. @returns undefined once the signal is aborted */
  async compare(comparison: Comparison, signal: AbortSignal): Promise<Compared | undefined> {
    const { startDiffWorker: startWorker } = this.workers;
    const { compare } = await import('../../worker/compare.ts');
    return compare(comparison, { startWorker, breathe: this.breathe }, signal);
  }

  private readonly breathe = () => new Promise<void>(this.workers.turns);
}
