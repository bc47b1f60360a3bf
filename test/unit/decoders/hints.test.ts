import { describe, expect, it } from 'vitest';
import { base64Hint, dateHint, isTimeName, timeHint } from '../../../src/decoders/hints.ts';

describe('timeHint', () => {
  it.each([
    ['1795370449', 1_795_370_449_000, 's'],
    ['1795370449.125', 1_795_370_449_125, 's'],
    ['1795370449124', 1_795_370_449_124, 'ms'],
    ['1795370449124567', 1_795_370_449_124.567, 'µs'],
    ['1795370449124000000', 1_795_370_449_124, 'ns'],
  ])('%s', (source, time, unit) => {
    expect(timeHint(source)).toEqual({ time, unit });
  });

  it.each(['42', '-1795370449', '9007199254740993', '0000000000', '1e9', '179537044'])('not %s', (source) => {
    expect(timeHint(source)).toBeUndefined();
  });
});

describe('dateHint', () => {
  it('reads what RFC 3339 writes, and nothing that only looks like it', () => {
    expect(dateHint('2026-11-22T17:20:49.124Z')).toBe(1_795_368_049_124);
    expect(dateHint('2026-11-22T18:20:49+01:00')).toBe(1_795_368_049_000);
    for (const text of ['2026-11-22', '2026-99-22T17:20:49Z', 'soon']) expect(dateHint(text)).toBeUndefined();
  });
});

describe('isTimeName', () => {
  it.each(['ts', 'time', 'timestamp', 'createdAt', 'created_at', 'exp', 'expiresIn', 'updateDate', 'T'])(
    '%s',
    (name) => {
      expect(isTimeName(name)).toBe(true);
    },
  );

  it.each(['price', 'id', 'seq', 'what', 'tsar', 'attempt'])('not %s', (name) => {
    expect(isTimeName(name)).toBe(false);
  });
});

describe('base64Hint', () => {
  it('reads what is text, and bytes', () => {
    expect(base64Hint(btoa('{"hello":"world!"}'))?.text).toBe('{"hello":"world!"}');
    const bytes = base64Hint('AAECAwQFBgcICQoLDA0ODw==');
    expect(bytes?.text).toBeUndefined();
    expect(bytes?.bytes.length).toBe(16);
  });

  it.each([
    'short',
    'internationalisation',
    'deadbeefdeadbeefdeadbeef',
    'a sentence with many words in it',
    'UPPERCASEONLYTEXT1234',
  ])('leaves alone: %s', (text) => {
    expect(base64Hint(text)).toBeUndefined();
  });
});
