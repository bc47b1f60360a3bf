import { describe, expect, test } from 'vitest';
import type { Expression } from '../../../../../src/store/query/language/expression.ts';
import type { Comparison, JsonScalar, JsonTest } from '../../../../../src/store/query/language/json-test.ts';
import { MAX_DEPTH, MAX_FILTER_LENGTH, parseFilter } from '../../../../../src/store/query/language/parse.ts';
import { MAX_TERMS } from '../../../../../src/store/query/language/tokens.ts';

function expressionOf(text: string): Expression | undefined {
  const result = parseFilter(text);
  if (!result.ok) throw new Error(`${text}: ${JSON.stringify(result.problem)}`);
  return result.expression;
}

function problemOf(text: string) {
  const result = parseFilter(text);
  if (result.ok) throw new Error(`${text} is no problem: ${JSON.stringify(result.expression)}`);
  const { problem } = result;
  return { problem, part: text.slice(problem.start, problem.end) };
}

const free = (text: string): Expression => ({ type: 'text', text });
const not = (term: Expression): Expression => ({ type: 'not', term });
const and = (...terms: Expression[]): Expression => ({ type: 'and', terms });
const or = (...terms: Expression[]): Expression => ({ type: 'or', terms });
const INFINITE = Number.POSITIVE_INFINITY;

describe('nothing', () => {
  test.each(['', ' ', '\t\n ', '\u3000'])('%j lets everything pass', (text) => {
    expect(expressionOf(text)).toBeUndefined();
  });
});

describe('free text', () => {
  test.each([
    'ping',
    'foo-bar',
    'foo:bar',
    'a:b',
    'id:5',
    'key:5',
    'op:ping',
    'name:"x"',
    'status:500',
    'start:now',
    'ws://localhost:8080/a?b=(c)',
    'wss://example.test',
    'https://example.test/a:b',
    'rocket://example.test',
    '//example.test/a',
    'a/b/c',
    '12:30:05',
    'Ünïcode',
    '😀',
    '\ud83d',
    'andy',
    'notify',
    'foo(bar)',
    '>5',
  ])('%s', (text) => {
    expect(expressionOf(text)).toEqual(free(text));
  });

  test.each([
    '{"op":"ping"}',
    '{"op": "ping", "list": [1, 2, {"x": "}"}]}',
    '{"text":"say \\"hi there\\" (now)"}',
    '[1, 2, 3]',
    '[object Object]',
    '42["chat message","hi there"]',
    '"op":"ping pong"',
    '{"a": 1},{"b": 2}',
    '{ok: (1 or 2)}',
  ])('JSON as it is: %s', (text) => {
    expect(expressionOf(text)).toEqual(free(text));
    expect(expressionOf(`(${text})`)).toEqual(free(text));
    expect(expressionOf(`x -${text} y`)).toEqual(and(free('x'), not(free(text)), free('y')));
  });

  test.each([
    ['{"op":', [free('{"op":')]],
    ['[error in line', [free('[error'), free('in'), free('line')]],
    ['{ {"a": 1}', [free('{'), free('{"a": 1}')]],
    ['} {', [free('}'), free('{')]],
    ['5" disk', [free('5"'), free('disk')]],
    ['"op": "ping"', [free('"op":'), free('ping')]],
  ])('what is never closed is an ordinary word: %s', (text, terms) => {
    expect(expressionOf(text)).toEqual(terms.length === 1 ? terms[0] : and(...terms));
  });

  test.each([
    ['"two words"', 'two words'],
    ['"and"', 'and'],
    ['"dir:sent"', 'dir:sent'],
    ['"-x"', '-x'],
    ['" "', ' '],
    ['"a \\"b\\" c"', 'a "b" c'],
    ['"C:\\\\temp"', 'C:\\temp'],
    ['"line\\nbreak"', 'line\\nbreak'],
    ['"("', '('],
  ])('quoted: %s', (text, expected) => {
    expect(expressionOf(text)).toEqual(free(expected));
  });
});

describe('regular expressions', () => {
  test.each([
    ['/ab+c/', 'ab+c', ''],
    ['/a b/i', 'a b', 'i'],
    ['/(a|b) [/)]\\/x/imsu', '(a|b) [/)]\\/x', 'imsu'],
    ['/\\p{Lu}/u', '\\p{Lu}', 'u'],
  ])('%s', (text, source, flags) => {
    const regex: Expression = { type: 'regex', source, flags };
    expect(expressionOf(text)).toEqual(regex);
    expect(expressionOf(`-${text}`)).toEqual(not(regex));
    expect(expressionOf(`(${text} x)`)).toEqual(and(regex, free('x')));
  });
});

describe('keys', () => {
  test.each<[string, Expression]>([
    ['dir:sent', { type: 'direction', anyOf: ['sent'] }],
    ['DIR:Received', { type: 'direction', anyOf: ['received'] }],
    ['dir:"sent"', { type: 'direction', anyOf: ['sent'] }],
    ['type:text', { type: 'payload', anyOf: ['text'] }],
    ['type:binary', { type: 'payload', anyOf: ['binary'] }],
    ['type:Trade', { type: 'message-type', anyOf: ['trade'], matchesCase: false }],
    [
      'type:ping,binary',
      or(
        { type: 'payload', anyOf: ['binary'] },
        { type: 'message-type', anyOf: ['ping'], matchesCase: false },
      ),
    ],
    ['event:open', { type: 'event', anyOf: ['open'] }],
    ['event:error,close', { type: 'event', anyOf: ['error', 'close'] }],
    ['is:injected', { type: 'mark', anyOf: ['injected'] }],
    [
      'is:replayed,edited,panel,discarded,dropped',
      { type: 'mark', anyOf: ['replayed', 'edited', 'panel', 'discarded', 'dropped'] },
    ],
    ['state:Open,closed', { type: 'state', anyOf: ['open', 'closed'] }],
    ['socket:chat', { type: 'socket', text: 'chat' }],
    ['socket:wss://example.test/a?b=[1]', { type: 'socket', text: 'wss://example.test/a?b=[1]' }],
    ['socket:"a b"', { type: 'socket', text: 'a b' }],
  ])('%s', (text, expected) => {
    expect(expressionOf(text)).toEqual(expected);
    expect(expressionOf(`-${text}`)).toEqual(not(expected));
    expect(expressionOf(`(${text})`)).toEqual(expected);
  });

  test.each([
    ['len:5', 5, 5],
    ['len:=5B', 5, 5],
    ['len:>1k', 1001, INFINITE],
    ['len:>=1k', 1000, INFINITE],
    ['len:<1kB', 0, 999],
    ['len:<=1KiB', 0, 1024],
    ['len:>1M', 1_000_001, INFINITE],
    ['len:>=1.5mb', 1_500_000, INFINITE],
    ['len:>=2MiB', 2 * 1024 ** 2, INFINITE],
    ['len:>=1Gi', 1024 ** 3, INFINITE],
    ['len:<=4G', 0, 4e9],
    ['len:10..200', 10, 200],
    ['len:1k..2KiB', 1000, 2048],
    ['len:10..', 10, INFINITE],
    ['len:..200', 0, 200],
    ['len:>1.0005k', 1001, INFINITE],
    ['len:=1.005k', 1005, 1005],
    ['len:<0', 0, -1],
  ])('%s', (text, min, max) => {
    expect(expressionOf(text)).toEqual({ type: 'length', min, max });
  });

  const HOUR = 3_600_000;
  test.each([
    ['time:>12:00', 12 * HOUR + 1, 24 * HOUR - 1],
    ['time:>=12:00:00', 12 * HOUR, 24 * HOUR - 1],
    ['time:<1:00:00.250', 0, HOUR + 249],
    ['time:<=01:00:00.25', 0, HOUR + 250],
    ['time:1:00', HOUR, HOUR + 59_999],
    ['time:=1:00:00', HOUR, HOUR + 999],
    ['time:1:00:00.2', HOUR + 200, HOUR + 299],
    ['time:0:00..0:59', 0, HOUR - 1],
    ['time:1:00:00.000..1:00:00.005', HOUR, HOUR + 5],
    ['time:<0:00', 0, -1],
  ])('%s', (text, from, to) => {
    expect(expressionOf(text)).toEqual({ type: 'time', from, to });
  });

  test('a range of times may include midnight', () => {
    expect(expressionOf('time:23:00..0:59')).toEqual(
      or({ type: 'time', from: 23 * HOUR, to: 24 * HOUR - 1 }, { type: 'time', from: 0, to: HOUR - 1 }),
    );
  });
});

describe('dates and ages', () => {
  const at = (year: number, month: number, day: number, hours = 0, minutes = 0, seconds = 0, ms = 0) =>
    new Date(year, month, day, hours, minutes, seconds, ms).getTime();

  test.each([
    ['time:2026-03-01', at(2026, 2, 1), at(2026, 2, 2)],
    ['time:2026-03-01T12:30', at(2026, 2, 1, 12, 30), at(2026, 2, 1, 12, 31)],
    ['time:"2026-03-01 12:30:05"', at(2026, 2, 1, 12, 30, 5), at(2026, 2, 1, 12, 30, 6)],
    ['time:2026-03-01T12:30:05.25', at(2026, 2, 1, 12, 30, 5, 250), at(2026, 2, 1, 12, 30, 5, 260)],
    ['time:>2026-03-01T12:30', at(2026, 2, 1, 12, 30) + 1, INFINITE],
    ['time:>=2026-03-01', at(2026, 2, 1), INFINITE],
    ['time:<2026-03-01', -INFINITE, at(2026, 2, 1)],
    ['time:<=2026-03-01', -INFINITE, at(2026, 2, 1) + 1],
    ['time:2026-03-01..2026-03-02', at(2026, 2, 1), at(2026, 2, 3)],
    ['time:>=2026-03-01T12:30:05Z', Date.UTC(2026, 2, 1, 12, 30, 5), INFINITE],
    ['time:>=2026-03-01T12:30:05.123456+02:00', Date.UTC(2026, 2, 1, 10, 30, 5, 123), INFINITE],
  ])('%s', (text, from, to) => {
    expect(expressionOf(text)).toEqual({ type: 'span', from, to });
  });

  test.each([
    ['time:-5m', -INFINITE, 300_000],
    ['time:>-1.5s', -INFINITE, 1500],
    ['time:>=-250ms', -INFINITE, 250],
    ['time:<-1h', 3_600_000, INFINITE],
    ['time:<=-1d', 86_400_000, INFINITE],
    ['time:-10m..-5m', 300_000, 600_000],
  ])('%s', (text, least, most) => {
    expect(expressionOf(text)).toEqual({ type: 'age', least, most });
  });
});

describe('JSON', () => {
  const json = (names: (string | number)[], rest: JsonTest = { type: 'exists' }): Expression => ({
    type: 'json',
    path: names.map((name) =>
      typeof name === 'number' ? { type: 'element', index: name } : { type: 'member', name },
    ),
    test: rest,
  });
  const compare = (comparison: Comparison, type: JsonScalar['type'], text: string): JsonTest => ({
    type: 'compare',
    comparison,
    value: { type, text },
  });

  test.each<[string, Expression]>([
    ['$.a', json(['a'])],
    ['$.a.b[0].c', json(['a', 'b', 0, 'c'])],
    ['$[2]', json([2])],
    ['$["a b"]["\\"\u00e4"]', json(['a b', '"ä'])],
    ['$.content-type', json(['content-type'])],
    ['$.größe', json(['größe'])],
    ['$.a=="x"', json(['a'], compare('==', 'string', 'x'))],
    ['$.a = x', json(['a'], compare('==', 'string', 'x'))],
    ['$.a == "a b"', json(['a'], compare('==', 'string', 'a b'))],
    ['$.a == "1"', json(['a'], compare('==', 'string', '1'))],
    ['$.a != -1.5e3', json(['a'], compare('!=', 'number', '-1.5e3'))],
    ['$.a>100', json(['a'], compare('>', 'number', '100'))],
    ['$.a <= "b"', json(['a'], compare('<=', 'string', 'b'))],
    ['$.a == null', json(['a'], compare('==', 'word', 'null'))],
    ['$.a contains "x y"', json(['a'], { type: 'contains', text: 'x y' })],
    ['$.a CONTAINS 5', json(['a'], { type: 'contains', text: '5' })],
  ])('%s', (text, expected) => {
    expect(expressionOf(text)).toEqual(expected);
    expect(expressionOf(`-${text}`)).toEqual(not(expected));
    expect(expressionOf(`(${text}) x`)).toEqual(and(expected, free('x')));
    expect(expressionOf(`${text} or x`)).toEqual(or(expected, free('x')));
  });

  test('any element or member', () => {
    const path = [{ type: 'any' }, { type: 'member', name: 'a' }, { type: 'any' }] as const;
    expect(expressionOf('$[*].a.*')).toEqual({ type: 'json', path, test: { type: 'exists' } });
  });

  test('a regular expression', () => {
    const path = [{ type: 'member', name: 'a' }] as const;
    const expected: Expression = { type: 'json-regex', path, source: 'a b', flags: 'i' };
    expect(expressionOf('$.a ~ /a b/i')).toEqual(expected);
    expect(expressionOf('($.a~/a b/i)')).toEqual(expected);
  });

  test.each(['$', '$5', '$a', 'a$.b', '"$.a"'])('%s is text', (text) => {
    expect(expressionOf(text)).toEqual(free(text.replaceAll('"', '')));
  });

  test('a word after a path without a comparison is another term', () => {
    expect(expressionOf('$.a containsx')).toEqual(and(json(['a']), free('containsx')));
    expect(expressionOf('$.a $.b')).toEqual(and(json(['a']), json(['b'])));
  });
});

describe('operators', () => {
  const [a, b, c, d] = [free('a'), free('b'), free('c'), free('d')];
  test.each<[string, Expression]>([
    ['a b', and(a, b)],
    ['a and b AND c', and(a, b, c)],
    ['a or b Or c', or(a, b, c)],
    ['a b or c d', or(and(a, b), and(c, d))],
    ['a (b or c) d', and(a, or(b, c), d)],
    ['not a b', and(not(a), b)],
    ['not (a b)', not(and(a, b))],
    ['-(a or b)', not(or(a, b))],
    ['-"a"', not(a)],
    ['not not a', a],
    ['--a', a],
    ['not -not a', and(free('not'), a)],
    ['not -(not a)', not(a)],
    ['((((a))))', a],
    ['-and', not(free('and'))],
    ['(a)(b)', and(a, b)],
    ['a(b)', free('a(b)')],
    ['  a\n b\u00a0', and(a, b)],
  ])('%s', (text, expected) => {
    expect(expressionOf(text)).toEqual(expected);
  });
});

describe('problems', () => {
  test.each([
    ['a "b c', 'unterminatedQuote', '"b c'],
    ['socket:"b c', 'unterminatedQuote', '"b c'],
    ['a "" b', 'emptyText', '""'],
    ['x /a b', 'unterminatedRegex', '/a b'],
    ['/a[/]', 'unterminatedRegex', '/a[/]'],
    ['x /a(/ y', 'badRegex', '/a(/'],
    ['/(?:(?:(?:|a){1000}){1000}){1000}/', 'badRegex', '/(?:(?:(?:|a){1000}){1000}){1000}/'],
    ['/a/g', 'badRegexFlags', 'g'],
    ['(/a/ii)', 'badRegexFlags', 'ii'],
    ['/api/v1/x', 'badRegexFlags', 'v1/x'],
    ['dir:', 'missingValue', 'dir:'],
    ['a (socket:)', 'missingValue', 'socket:'],
    ['socket:""', 'missingValue', 'socket:""'],
    ['dir:up', 'badValue', 'up'],
    ['is:injected,', 'badValue', 'injected,'],
    ['type:a, x', 'badValue', 'a,'],
    ['len:>', 'badLength', '>'],
    ['len:1x', 'badLength', '1x'],
    ['len:..', 'badLength', '..'],
    ['len:1..2..3', 'badLength', '1..2..3'],
    ['len:-1', 'badLength', '-1'],
    ['len:9..2', 'emptyRange', '9..2'],
    ['time:24:00', 'badTime', '24:00'],
    ['time:12:60', 'badTime', '12:60'],
    ['time:>noon', 'badTime', '>noon'],
    ['time:12:00..', 'badTime', '12:00..'],
    ['time:2026-02-30', 'badTime', '2026-02-30'],
    ['time:2026-03-01T25:00', 'badTime', '2026-03-01T25:00'],
    ['time:2026-03-02..2026-03-01', 'emptyRange', '2026-03-02..2026-03-01'],
    ['time:2026-03-02..12:00', 'badTime', '2026-03-02..12:00'],
    ['time:-5x', 'badTime', '-5x'],
    ['time:=-5m', 'badTime', '=-5m'],
    ['time:-5m..-10m', 'emptyRange', '-5m..-10m'],
    ['state:opened', 'badValue', 'opened'],
    ['x $.', 'badPath', '.'],
    ['$..a', 'badPath', '..'],
    ['$.a.5.[', 'badPath', '.['],
    ['$[x] y', 'badPath', '[x]'],
    ['$["a] y', 'badPath', '["a]'],
    ['$["\\x"] y', 'badPath', '["\\x"]'],
    ['$.a"b"', 'badPath', '"'],
    ['$.a ==', 'missingComparand', '=='],
    ['($.a contains )', 'missingComparand', 'contains'],
    ['$.a == {"b":1} c', 'badComparand', '{"b":1}'],
    ['$.a === 1', 'badComparand', '='],
    ['$.a == "\\x" y', 'badComparand', '"\\x"'],
    ['$.a == "b', 'unterminatedQuote', '"b'],
    ['$.a > b', 'notOrdered', 'b'],
    ['$.a <= true', 'notOrdered', 'true'],
    ['$.a ~ b c', 'missingRegex', 'b'],
    ['$.a ~ /b(/', 'badRegex', '/b(/'],
    ['and a', 'missingTerm', 'and'],
    ['a or', 'missingTerm', 'or'],
    ['a or or b', 'missingTerm', 'or'],
    ['a not', 'missingTerm', 'not'],
    ['(a or)', 'missingTerm', 'or'],
    ['(not) a', 'missingTerm', 'not'],
    ['a - b', 'missingTerm', '-'],
    ['a ()', 'emptyGroup', '()'],
    ['a ( )', 'emptyGroup', '( )'],
    ['a (b', 'unclosedGroup', '('],
    ['a (', 'unclosedGroup', '('],
    ['a) b', 'unmatchedClose', ')'],
    [') a', 'unmatchedClose', ')'],
  ])('%s: %s', (text, code, part) => {
    const found = problemOf(text);
    expect(found.problem.code).toBe(code);
    expect(found.part).toBe(part);
  });

  test.each([
    ['dirr:sent', 'dir'],
    ['dri:received', 'dir'],
    ['tpye:text', 'type'],
    ['evnt:opn', 'event'],
    ['events:close', 'event'],
    ['lne:>5', 'len'],
    ['scoket:chat', 'socket'],
    ['si:injected', 'is'],
    ['tiem:>12:30', 'time'],
  ])('%s was meant to be %s:', (text, suggestion) => {
    const { problem, part } = problemOf(`x ${text}`);
    expect(problem).toMatchObject({ code: 'unknownKey', suggestion });
    expect(part).toBe(text.slice(0, text.indexOf(':') + 1));
  });

  test('says what is known', () => {
    expect(problemOf('dir:up').problem).toMatchObject({ value: 'up', known: ['sent', 'received'] });
    expect(problemOf('/(/').problem).toMatchObject({ reason: expect.stringMatching(/group/i) });
    expect(problemOf('a Or').problem).toMatchObject({ operator: 'Or' });
  });
});

describe('hostile filters end in a problem', () => {
  test('too long', () => {
    expect(expressionOf('x'.repeat(MAX_FILTER_LENGTH))).toBeDefined();
    expect(problemOf('x'.repeat(MAX_FILTER_LENGTH + 1)).problem.code).toBe('tooLong');
  });

  test('too deep', () => {
    const nested = (depth: number) => '('.repeat(depth) + 'x'.padEnd(depth + 1, ')');
    expect(expressionOf(nested(MAX_DEPTH))).toEqual(free('x'));
    expect(problemOf(nested(MAX_DEPTH + 1)).problem.code).toBe('tooDeep');
    expect(problemOf('('.repeat(MAX_FILTER_LENGTH)).problem.code).toBe('tooDeep');
    expect(expressionOf('(a) '.repeat(MAX_TERMS))).toBeDefined();
  });

  test('too many terms', () => {
    expect(expressionOf('x '.repeat(MAX_TERMS))).toBeDefined();
    expect(problemOf('x '.repeat(MAX_TERMS + 1)).problem.code).toBe('tooManyTerms');
  });

  test.each(['{ ', '{"', '["a', '-', 'not ', '"a"b ', '/a', 'a('])('%j over and over', (piece) => {
    expect(() => parseFilter(piece.repeat(MAX_FILTER_LENGTH / piece.length))).not.toThrow();
  });
});
