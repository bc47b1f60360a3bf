import type { ReadingChoice } from '../../decoders/protocol-signs.ts';
import { BYTES_READINGS } from '../../decoders/readings/formats.ts';
import { fieldsOf, listOf, oneOf, textUpTo } from './shapes.ts';

/** As what the binary messages of an endpoint are to be read. */
export interface EndpointReading {
  /** The address without its query. */
  readonly endpoint: string;
  readonly reading: ReadingChoice;
}

/** UTF-16 units; longer addresses are not remembered */
export const LONGEST_ENDPOINT = 4096;

export const endpointReadings = listOf(
  fieldsOf<EndpointReading>({
    endpoint: textUpTo(LONGEST_ENDPOINT),
    reading: oneOf(...BYTES_READINGS, 'bytes'),
  }),
);
