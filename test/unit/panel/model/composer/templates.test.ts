import { describe, expect, test } from 'vitest';
import {
  fillTemplate,
  placeInTemplate,
  type TemplateSource,
} from '../../../../../src/panel/model/composer/templates.ts';

const SOURCE: TemplateSource = {
  uuid: () => '6f1c0f6e-0000-4000-8000-000000000000',
  now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 6),
  counter: 7,
  random: () => 0.5,
  last: '{"id":9007199254740993,"name":"a\\"ü","list":[1,{"x":null}]}',
};

function filled(text: string, last: TemplateSource['last'] = SOURCE.last, isJson = false) {
  return fillTemplate(text, { ...SOURCE, last }, isJson);
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
    ['{{last}}', SOURCE.last],
  ])('%s', (template, text) => {
    expect(filled(template)).toMatchObject({ text, problems: [] });
  });

  test('a string stands within the quotes of JSON as it does there', () => {
    expect(filled('{"n":"{{last:$.name}}"}', SOURCE.last, true).text).toBe('{"n":"a\\"ü"}');
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
    expect(fillTemplate('{{last:$.id}}', { ...SOURCE, last: undefined }, false).problems).toMatchObject([
      { fault: 'no-message' },
    ]);
    expect(filled('{{last:$.id}}', Uint8Array.of(1)).problems).toMatchObject([{ fault: 'not-text' }]);
    expect(filled('{{last:$.id}}', 'no JSON').problems).toMatchObject([{ fault: 'no-value' }]);
  });
});

test('each place of the filled text has one in the template', () => {
  const template = filled('a{{counter}}bc{{last:$.id}}');
  expect(template.text).toBe('a7bc9007199254740993');
  expect([0, 1, 2, 3, 4, 19, 20].map((offset) => placeInTemplate(template, offset).from)).toEqual([
    0, 1, 12, 13, 14, 14, 27,
  ]);
});
