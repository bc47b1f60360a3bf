import { scanJson } from '../../decoders/json/document.ts';
import type { JsonAnswer, JsonRequest } from './json-messages.ts';

/** Puts a text together and reads it. */
export class JsonTaker {
  private parts: string[] = [];

  /** @returns what was found, once the text is whole */
  take(request: JsonRequest): JsonAnswer | undefined {
    if (request.type === 'part') {
      this.parts.push(request.text);
      return undefined;
    }
    const { table, error } = scanJson(this.parts.join(''));
    this.parts = [];
    return { table, error };
  }
}
