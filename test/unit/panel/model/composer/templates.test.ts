import { describe, expect, test } from 'vitest';
import type { Payload } from '../../../../../src/decoders/payload.ts';
import {
  fillTemplate,
  placeInTemplate,
  type TemplateSource,
} from '../../../../../src/panel/model/composer/templates.ts';
import { jsonText } from '../../../../../src/store/query/matching/json-text.ts';

const SOURCE: TemplateSource = {
  uuid: () => '6f1c0f6e-0000-4000-8000-000000000000',
  now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 6),
  counter: 7,
  random: () => 0.5,
  received: () => undefined,
  jsonText: (message) => jsonText(message, undefined),
};
const LAST = '{"id":9007199254740993,"name":"a\\"ü","list":[1,{"x":null}]}';

/** With the last messages received, the newest first. */
function filled(text: string, messages: readonly Payload[] = [LAST], isJson = false) {
  return fillTemplate(text, { ...SOURCE, received: (age) => messages[age] }, isJson);
}

describe('variables', () => {
  test.each([
    ['no variables }} { { }', 'no variables }} { { }'],
    ['{{uuid}}', SOURCE.uuid()],
    ['a {{ now }} b', 'a 1767323045006 b'],
    ['{{now:iso}}', '2026-01-02T03:04:05.006Z'],
    ['{{counter}}-{{counter}}', '7-7'],
    ['{{random}}', '0.5'],
    ['{{random:1-6}}', '4'],
    ['{{last:$.id}}', '9007199254740993'],
    ['{{last:$.name}}', 'a"ü'],
    ['{{last:$.list[1]}}', '{"x":null}'],
    ['{{last:$["list"][0]}}', '1'],
    ['{{last}}', LAST],
  ])('%s', (template, text) => {
    expect(filled(template)).toMatchObject({ text, problems: [] });
  });

  test('a string stands within the quotes of JSON as it does there', () => {
    expect(filled('{"n":"{{last:$.name}}"}', [LAST], true).text).toBe('{"n":"a\\"ü"}');
  });

  test.each([
    ['{{uuid', 'unclosed'],
    ['{{}}', 'unknown'],
    ['{{nothing}}', 'unknown'],
    ['{{constructor}}', 'unknown'],
    ['{{uuid:4}}', 'argument'],
    ['{{now:utc}}', 'argument'],
    ['{{random:6-1}}', 'argument'],
    ['{{last:id}}', 'argument'],
    ['{{last:$.a b}}', 'argument'],
    ['{{last:$.absent}}', 'no-value'],
  ] as const)('%s is %s', (template, fault) => {
    expect(filled(template).problems).toMatchObject([{ from: 0, to: template.length, fault }]);
  });

  test('of the last message need one, of text', () => {
    expect(filled('{{last:$.id}}', []).problems).toMatchObject([{ fault: 'no-message' }]);
    expect(filled('{{last}}', [Uint8Array.of(1)]).problems).toMatchObject([{ fault: 'not-text' }]);
    expect(filled('{{last:$.id}}', ['no JSON']).problems).toMatchObject([{ fault: 'no-value' }]);
  });

  test('a path leads into the last message that has it', () => {
    const pings = ['2', '{"type":"pong"}'];
    expect(filled('{{last:$.id}}', [...pings, LAST, '{"id":1}']).text).toBe('9007199254740993');
    expect(filled('{{last}}', [...pings, LAST]).text).toBe('2');
  });

  test.each([
    ['SockJS', 'a["{\\"id\\":7}"]', '{{last:$.id}}', '7'],
    ['SockJS', 'a["{\\"id\\":7}","{\\"ok\\":true}"]', '{{last:$.ok}}', 'true'],
    [undefined, 'MESSAGE\nsubscription:0\n\n{"id":"s"}\0', '{{last:$.id}}', 's'],
    [undefined, '42["order",{"id":8}]', '{{last:$[1].id}}', '8'],
    [
      'MQTT',
      Uint8Array.of(0x30, 11, 0, 1, 0x74, ...new TextEncoder().encode('{"id":9}')),
      '{{last:$.id}}',
      '9',
    ],
  ] as const)('a path leads into what stands in a packet: %s %s', (spoken, message, template, text) => {
    const packet = { received: () => message, jsonText: () => jsonText(message, spoken) };
    expect(fillTemplate(template, { ...SOURCE, ...packet }, false).text).toBe(text);
  });

  test('older messages are looked at only until so many characters have been', () => {
    const long = JSON.stringify('x'.repeat(1_000_000));
    expect(filled('{{last:$.id}}', [long, LAST]).problems).toMatchObject([{ fault: 'no-value' }]);
  });
});

test('each place of the filled text has one in the template', () => {
  const template = filled('a{{counter}}bc{{last:$.id}}');
  expect(template.text).toBe('a7bc9007199254740993');
  expect([0, 1, 2, 3, 4, 19, 20].map((offset) => placeInTemplate(template, offset).from)).toEqual([
    0, 1, 12, 13, 14, 14, 27,
  ]);
});
