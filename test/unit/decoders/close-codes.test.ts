import { describe, expect, test } from 'vitest';
import { closeCodeInfo, validateClose } from '../../../src/decoders/close-codes.ts';
import { textsWithPrefix } from '../helpers/locales.ts';

describe('meaning (RFC 6455 §7.4, IANA registry)', () => {
  test.each([
    [1000, 'Normal Closure', 'closeCode1000', 'protocol', true],
    [1005, 'No Status Received', 'closeCode1005', 'protocol', true],
    [1006, 'Abnormal Closure', 'closeCode1006', 'protocol', false],
    [1008, 'Policy Violation', 'closeCode1008', 'protocol', false],
    [1015, 'TLS Handshake', 'closeCode1015', 'protocol', false],
    [1016, '', 'closeCodeReserved', 'reserved', false],
    [2999, '', 'closeCodeReserved', 'reserved', false],
    [3000, 'Unauthorized', 'closeCode3000', 'library', false],
    [3001, '', 'closeCodeLibrary', 'library', false],
    [3999, '', 'closeCodeLibrary', 'library', false],
    [4000, '', 'closeCodePrivate', 'private', false],
    [4999, '', 'closeCodePrivate', 'private', false],
    [0, '', 'closeCodeInvalid', 'invalid', false],
    [999, '', 'closeCodeInvalid', 'invalid', false],
    [5000, '', 'closeCodeInvalid', 'invalid', false],
    [1000.5, '', 'closeCodeInvalid', 'invalid', false],
    [Number.NaN, '', 'closeCodeInvalid', 'invalid', false],
  ])('%d', (code, name, messageKey, range, cleanByItself) => {
    expect(closeCodeInfo(code)).toEqual({ code, name, messageKey, range, cleanByItself });
  });

  test('every code has a sentence in every language, and no sentence is unused', () => {
    const keys = new Set<string>();
    for (let code = 0; code <= 5000; code++) keys.add(closeCodeInfo(code).messageKey);
    const { en, de } = textsWithPrefix('closeCode');
    for (const key of keys)
      expect([en, de]).toEqual([
        expect.objectContaining({ [key]: expect.any(String) }),
        expect.objectContaining({ [key]: expect.any(String) }),
      ]);
  });
});

describe('what script may close with (WebSockets standard)', () => {
  test.each([
    [undefined, ''],
    [1000, ''],
    [1000, 'done'],
    [3000, ''],
    [4999, 'x'.repeat(123)],
    [1000, `${'€'.repeat(41)}`],
  ])('allows %j, %j', (code, reason) => {
    expect(validateClose(code, reason)).toEqual({ ok: true });
  });

  test.each([0, 999, 1001, 1005, 1006, 2999, 5000, 3000.5, -1, Number.NaN])('refuses the code %d', (code) => {
    expect(validateClose(code, '')).toEqual({ ok: false, problem: 'code-not-allowed', code });
  });

  test('counts the reason in bytes', () => {
    expect(validateClose(1000, '€'.repeat(42))).toEqual({
      ok: false,
      problem: 'reason-too-long',
      byteLength: 126,
      limit: 123,
    });
  });

  test('refuses a reason that would be lost', () => {
    expect(validateClose(undefined, 'bye')).toEqual({ ok: false, problem: 'reason-without-code' });
  });
});
