import { describe, expect, test } from 'vitest';
import { draftPayload, draftState } from '../../../../../src/panel/model/composer/draft-state.ts';

describe('a draft', () => {
  test.each([
    { format: 'text', text: '', state: { type: 'empty' } },
    { format: 'text', text: 'é€', state: { type: 'text', size: 5 } },
    { format: 'text', text: '42', state: { type: 'text', size: 2 } },
    { format: 'text', text: '{"a": [1]}', state: { type: 'json', size: 10 } },
    { format: 'text', text: ' []', state: { type: 'json', size: 3 } },
    {
      format: 'text',
      text: '{"a":\n1,}',
      state: { type: 'broken-json', size: 9, error: { code: 'trailing-comma', line: 2, column: 3 } },
    },
    { format: 'json', text: '42', state: { type: 'json', size: 2 } },
    { format: 'json', text: 'hi', state: { type: 'broken-json', size: 2, isRefused: true } },
    { format: 'json', text: '', state: { type: 'broken-json', size: 0, isRefused: true } },
    { format: 'hex', text: '00 ff 1a', state: { type: 'bytes', size: 3 } },
    { format: 'hex', text: '', state: { type: 'bytes', size: 0 } },
    { format: 'hex', text: '0g', state: { type: 'not-bytes', format: 'hex', offset: 1 } },
    { format: 'base64', text: 'AQID', state: { type: 'bytes', size: 3 } },
    { format: 'base64', text: 'AQ*D', state: { type: 'not-bytes', format: 'base64', offset: 2 } },
  ] as const)('$text as $format is $state.type', ({ format, text, state }) => {
    expect(draftState({ format, text })).toMatchObject(state);
  });

  test('too long to be checked while it is typed is text of its true size', () => {
    const text = `{${'é'.repeat(1_000_000)}`;
    expect(draftState({ format: 'text', text })).toEqual({ type: 'text', size: 2_000_001 });
  });
});

describe('what would be sent', () => {
  test.each([
    { format: 'text', text: 'hi', payload: { type: 'text', text: 'hi' } },
    { format: 'text', text: '', payload: { type: 'text', text: '' } },
    { format: 'text', text: '{broken', payload: { type: 'text', text: '{broken' } },
    { format: 'text', text: 'a\r\nb\r', payload: { type: 'text', text: 'a\r\nb\r' } },
    { format: 'json', text: ' {"a":1e999} ', payload: { type: 'text', text: ' {"a":1e999} ' } },
    { format: 'json', text: '{broken', payload: undefined },
    { format: 'hex', text: '01fF', payload: { type: 'binary', bytes: Uint8Array.of(1, 255) } },
    { format: 'base64', text: 'AQI=', payload: { type: 'binary', bytes: Uint8Array.of(1, 2) } },
    { format: 'hex', text: 'xyz', payload: undefined },
    { format: 'base64', text: '!', payload: undefined },
  ] as const)('of $text as $format', ({ format, text, payload }) => {
    expect(draftPayload({ format, text })).toEqual(payload);
  });
});
