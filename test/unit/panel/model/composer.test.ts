import { beforeEach, describe, expect, test } from 'vitest';
import { Composer } from '../../../../src/panel/model/composer.ts';

let composer: Composer;

beforeEach(() => {
  composer = new Composer();
});

function draft(format: 'text' | 'base64' | 'hex', text: string): void {
  composer.format.value = format;
  composer.text.value = text;
}

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
    { format: 'hex', text: '00 ff 1a', state: { type: 'bytes', size: 3 } },
    { format: 'hex', text: '', state: { type: 'bytes', size: 0 } },
    { format: 'hex', text: '0g', state: { type: 'not-bytes', format: 'hex', offset: 1 } },
    { format: 'base64', text: 'AQID', state: { type: 'bytes', size: 3 } },
    { format: 'base64', text: 'AQ*D', state: { type: 'not-bytes', format: 'base64', offset: 2 } },
  ] as const)('$text as $format is $state.type', ({ format, text, state }) => {
    draft(format, text);
    expect(composer.state.value).toMatchObject(state);
  });

  test('too long to be checked while it is typed is text of its true size', () => {
    draft('text', `{${'é'.repeat(1_000_000)}`);
    expect(composer.state.value).toEqual({ type: 'text', size: 2_000_001 });
  });

  test('is checked anew when its format changes', () => {
    draft('text', 'cafe');
    expect(composer.state.value.type).toBe('text');
    composer.format.value = 'hex';
    expect(composer.state.value).toEqual({ type: 'bytes', size: 2 });
  });
});

describe('what would be sent', () => {
  test.each([
    { format: 'text', text: 'hi', payload: { type: 'text', text: 'hi' } },
    { format: 'text', text: '', payload: { type: 'text', text: '' } },
    { format: 'text', text: '{broken', payload: { type: 'text', text: '{broken' } },
    { format: 'hex', text: '01fF', payload: { type: 'binary', bytes: Uint8Array.of(1, 255) } },
    { format: 'base64', text: 'AQI=', payload: { type: 'binary', bytes: Uint8Array.of(1, 2) } },
    { format: 'hex', text: 'xyz', payload: undefined },
    { format: 'base64', text: '!', payload: undefined },
  ] as const)('of $text as $format', ({ format, text, payload }) => {
    draft(format, text);
    expect(composer.payload()).toEqual(payload);
  });
});

describe('taking a frame as the draft', () => {
  test('text stays text', () => {
    composer.format.value = 'hex';
    composer.edit('{"a":1}');
    expect([composer.format.value, composer.text.value]).toEqual(['text', '{"a":1}']);
  });

  test('bytes come out as they went in', () => {
    composer.edit(Uint8Array.of(0, 128, 255));
    expect(composer.payload()).toEqual({ type: 'binary', bytes: Uint8Array.of(0, 128, 255) });
  });

  test('asks for the keyboard each time', () => {
    composer.edit('a');
    composer.edit('a');
    expect(composer.focusRequests.value).toBe(2);
  });
});
