import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPageMessage } from '../../../src/protocol/guards.ts';
import { carriesBytes, decode, encode, isPortOpening, portOpening } from '../../../src/protocol/wire.ts';
import { batchOf, socketRecord } from '../helpers/frames.ts';

/** What an older Chrome makes of a message. */
const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the opening message of a port', () => {
  test('shows if bytes survive', () => {
    const opening = structuredClone(portOpening('document'));
    expect(isPortOpening(opening)).toBe(true);
    expect(carriesBytes(opening)).toBe(true);
    expect(opening.document).toBe('document');
  });

  test('shows if they do not', () => {
    const opening = throughJson(portOpening(''));
    expect(isPortOpening(opening) && carriesBytes(opening)).toBe(false);
    expect(isPortOpening(opening)).toBe(true);
  });

  test.each([new Uint8Array(), Uint8Array.of(0, 127, 254), [0, 127, 255], null, 'x'])(
    'does not take %o for its sample',
    (sample) => {
      expect(carriesBytes({ type: 'open', sample, document: '' })).toBe(false);
    },
  );

  test.each([null, 'open', {}, { type: 'open' }, { type: 'hello', document: '' }])('is not %o', (message) => {
    expect(isPortOpening(message)).toBe(false);
  });
});

describe('an encoded message', () => {
  const column = fc.oneof(
    fc.uint8Array(),
    fc.uint32Array(),
    fc.float64Array(),
    fc.uint8Array({ minLength: 3 }).map((bytes) => bytes.subarray(1)),
  );
  const plain = fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.boolean(), fc.constant(null));
  const { message } = fc.letrec<{ message: unknown }>((tie) => ({
    message: fc.oneof(
      { maxDepth: 4 },
      plain,
      column,
      fc.array(tie('message'), { maxLength: 4 }),
      fc.dictionary(fc.string(), tie('message'), { maxKeys: 4, noNullPrototype: true }),
    ),
  }));

  test('survives JSON unchanged', () => {
    fc.assert(
      fc.property(message, (value) => {
        expect(decode(throughJson(encode(value)))).toEqual(value);
      }),
    );
  });

  test('may contain lone surrogates and any byte', () => {
    const value = { text: 'a\ud800b', bytes: Uint8Array.from({ length: 256 }, (_, byte) => byte) };
    expect(decode(throughJson(encode(value)))).toEqual(value);
  });

  test('may be as large as the largest payload', () => {
    const bytes = new Uint8Array(1_000_003).map((_, index) => index * 31);
    const decoded = decode(throughJson(encode(bytes)));
    expect(Buffer.compare(Buffer.from(decoded as Uint8Array), Buffer.from(bytes))).toBe(0);
  });

  test('passes the guards with everything in it', () => {
    const batch = {
      type: 'batch',
      credit: { messages: 1, bytes: 2 },
      sockets: [socketRecord({ close: { code: 1000, reason: '', wasClean: true } })],
      gone: [],
      frames: batchOf([
        { payload: 'text', time: 1.25 },
        { payload: Uint8Array.of(1, 2, 3) },
        { payload: '€' },
      ]),
      observed: 3,
    };
    expect(readPageMessage(decode(throughJson(encode(batch))))).toEqual(readPageMessage(batch));
  });
});

test('a message that was not encoded is left alone', () => {
  const value = { list: [1, 'x', null, { bytes: Uint8Array.of(1) }], flag: true };
  expect(decode(value)).toEqual(value);
});
