import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completionsAt, type KnownValues } from '../../../../../src/panel/model/completion/complete.ts';

const KNOWN: KnownValues = {
  sockets: () => ['/feed', '/chat'],
  messageTypes: () => ['trade', 'ticker'],
  jsonPaths: () => ['$.type', '$.data', '$.data.price', '$.data["a b"]', '$.items[*].id'],
  jsonValues: (path) => (path === '$.type' ? ['"trade"', '"ticker"', '7'] : []),
};

/** The text after each offer, with the caret as `|`. */
function offers(written: string, isAsked = false): string[] {
  const caret = written.indexOf('|');
  const text = written.replace('|', '');
  return completionsAt(text, caret, KNOWN, isAsked).map(
    ({ insert, from, to }) => `${text.slice(0, from)}${insert}|${text.slice(to)}`,
  );
}

describe('keys', () => {
  test.each([
    ['d|', ['dir:|']],
    ['s|', ['socket:|', 'state:|']],
    ['ping -ty|', ['ping -type:|']],
    ['(ti|', ['(time:|']],
    ['DI|', ['dir:|']],
    ['di| x', ['dir:| x']],
    ['d|ir', ['dir:|']],
    ['|', []],
    ['x|', []],
    ['ping |', []],
    ['xdi|', []],
    ['"di|', []],
    ['{"ty|', []],
  ])('%s', (written, expected) => {
    expect(offers(written)).toEqual(expected);
  });

  test('are all shown to who asks', () => {
    expect(offers('|', true)).toEqual([
      ...['dir:|', 'type:|', 'event:|', 'len:|', 'socket:|', 'state:|', 'is:|', 'note:|', 'time:|', '$.|'],
    ]);
  });
});

describe('values', () => {
  test.each([
    ['dir:|', ['dir:sent|', 'dir:received|']],
    ['dir:s|', ['dir:sent|']],
    ['dir:sent|', []],
    ['dir:sent,|', ['dir:sent,received|']],
    ['type:t|', ['type:text|', 'type:trade|', 'type:ticker|']],
    ['type:ck|', ['type:ticker|']],
    ['state:cl|', ['state:closing|', 'state:closed|']],
    ['socket:|', ['socket:/feed|', 'socket:/chat|']],
    ['socket:ch| x', ['socket:/chat| x']],
    ['-is:dr|', ['-is:dropped|']],
    ['time:-|', ['time:-1m|', 'time:-5m|', 'time:-1h|']],
    ['http:|', []],
  ])('%s', (written, expected) => {
    expect(offers(written)).toEqual(expected);
  });
});

describe('JSON', () => {
  test.each([
    ['$.|', ['$.type|', '$.data|', '$.data.price|', '$.data["a b"]|', '$.items[*].id|']],
    ['$.ty|', ['$.type|']],
    ['x ($.data.|', ['x ($.data.price|']],
    ['$.pri|', ['$.data.price|']],
    ['$.data|', []],
    ['$.type == |', ['$.type == "trade"|', '$.type == "ticker"|', '$.type == 7|']],
    ['$.type=="tr|', ['$.type=="trade"|']],
    ['$.type != ti|', ['$.type != "ticker"|']],
    ['$.type == "trade"|', []],
    ['$.type > |', []],
  ])('%s', (written, expected) => {
    expect(offers(written)).toEqual(expected);
  });
});

test('what is offered lies at the caret, in any text', () => {
  const pieces = fc.constantFrom('di', 'dir:', ' ', '$.', 'type', '"', '(', '-', '==', ',', 'x', '\\', '[*]');
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), fc.nat(), fc.boolean(), (parts, at, isAsked) => {
      const text = parts.join('');
      const caret = at % (text.length + 1);
      for (const { from, to, insert } of completionsAt(text, caret, KNOWN, isAsked)) {
        expect(from).toBeGreaterThanOrEqual(0);
        expect(from).toBeLessThanOrEqual(caret);
        expect(to).toBeGreaterThanOrEqual(caret);
        expect(to).toBeLessThanOrEqual(text.length);
        expect(text.slice(from, to)).not.toBe(insert);
      }
    }),
    { numRuns: 1000 },
  );
});
