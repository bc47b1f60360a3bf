import { readableText } from '../bytes/bytes.ts';
import { guessReading } from '../readings/reading.ts';

/** bytes; what is published is read several times to find out where it begins */
const LONGEST_READ = 64 * 1024;

/** The values that are published, as JSON; undefined where it is a text, or may be anything. */
export function publishedValues(payload: Uint8Array): string | undefined {
  if (payload.length > LONGEST_READ || readableText(payload) !== undefined) return undefined;
  return guessReading(payload)?.json;
}
