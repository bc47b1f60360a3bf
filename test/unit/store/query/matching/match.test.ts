import { describe, expect, test } from 'vitest';
import { FrameFlag, FrameKind } from '../../../../../src/protocol/frames.ts';
import { parseFilter } from '../../../../../src/store/query/language/parse.ts';
import { compileFilter } from '../../../../../src/store/query/matching/match.ts';
import { MAX_DECODED_BYTES } from '../../../../../src/store/query/matching/row-text.ts';
import type { FrameSource } from '../../../../../src/store/query/matching/source.ts';
import { type Row, Rows, rowOf } from '../rows.ts';
import { matches } from './matches.ts';

function compiled(text: string) {
  const result = parseFilter(text);
  if (!result.ok || result.expression === undefined) throw new Error(`no expression: ${text}`);
  const filter = compileFilter(result.expression);
  return (source: FrameSource, row: number) => matches(filter, source, row);
}

function passes(filter: string, row: Partial<Row>): boolean {
  return compiled(filter)(new Rows([rowOf(row)]), 0);
}

const bytes = (...values: number[]) => Uint8Array.from(values);
const utf8 = (text: string) => new TextEncoder().encode(text);
const binary = (payload: Uint8Array | undefined) => ({ kind: FrameKind.sentBinary, payload });

describe('text', () => {
  test.each([
    ['PING', '{"op":"ping"}', true],
    ['{"OP":"ping"}', '{"op":"ping"}', true],
    ['{"op": "ping"}', '{"op":"ping"}', false],
    ['pong', '{"op":"ping"}', false],
    ['12.5', 'a 12.5 b', true],
    ['12.5', 'a 1235 b', false],
    ['a.*+?^$b', 'xA.*+?^$B', true],
    ['a|b', 'a', false],
    ['[a-z]', 'b', false],
    ['"a\\\\d"', 'a\\D', true],
    ['ÄPFEL', 'äpfel', true],
    ['ß', 'STRAẞE', true],
    ['𐐀', '𐐨', true],
    ['привет', 'ПРИВЕТ', true],
    ['k', '\u212a', false],
    ['"\ud83d"', '😀', true],
    ['é"', 'É"', true],
    ['"two  words"', 'two words', false],
    ['two words', 'words, two', true],
    ['two -words', 'words, two', false],
  ])('%s in %s: %s', (filter, payload, expected) => {
    expect(passes(filter, { payload })).toBe(expected);
  });

  test('half of a surrogate pair with a letter is found', () => {
    expect(passes('"a\ud83d"', { payload: 'xA😀' })).toBe(true);
  });

  test.each([FrameKind.open, FrameKind.error, FrameKind.close, FrameKind.gap])(
    'of an event of kind %d is its summary',
    (kind) => {
      expect(passes('going', { kind, eventText: '1001 Going Away' })).toBe(true);
      expect(passes('going', { kind, payload: 'going' })).toBe(false);
      expect(passes('/^1001/', { kind, eventText: '1001 Going Away' })).toBe(true);
    },
  );

  test('of a frame is only its payload', () => {
    expect(passes('going', { payload: 'x', eventText: 'going' })).toBe(false);
  });

  test('is empty for a dropped payload', () => {
    expect(passes('a', { payload: undefined })).toBe(false);
    expect(passes('-a', { payload: undefined })).toBe(true);
    expect(passes('/^$/', { payload: undefined })).toBe(false);
  });
});

describe('regular expressions', () => {
  test.each([
    ['/P[io]ng/', 'Ping', true],
    ['/P[io]ng/', 'ping', false],
    ['/p[io]ng/i', 'PONG', true],
    ['/^b$/', 'a\nb', false],
    ['/^b$/m', 'a\nb', true],
    ['/a.b/', 'a\nb', false],
    ['/a.b/s', 'a\nb', true],
    ['/^.$/', '😀', false],
    ['/^.$/u', '😀', true],
  ])('%s in %j: %s', (filter, payload, expected) => {
    expect(passes(filter, { payload })).toBe(expected);
  });

  test('keeps no state from row to row', () => {
    const passes = compiled('/a/');
    const rows = new Rows([rowOf({ payload: 'xa' }), rowOf({ payload: 'a' }), rowOf({ payload: 'b' })]);
    expect([0, 1, 2, 1, 0].map((row) => passes(rows, row))).toEqual([true, true, false, true, true]);
  });
});

describe('binary payloads', () => {
  test('are read as UTF-8', () => {
    expect(passes('ping', binary(utf8('\0\u0001PING')))).toBe(true);
    expect(passes('grüße', binary(utf8('Grüße')))).toBe(true);
    expect(passes('/^Gr.ße$/', binary(utf8('Grüße')))).toBe(true);
    expect(passes('😀', binary(utf8('a😀')))).toBe(true);
  });

  test('are also read as Latin-1', () => {
    expect(passes('grüße', binary(bytes(0x47, 0x72, 0xfc, 0xdf, 0x65)))).toBe(true);
    expect(passes('/^\\x80\\xff$/', binary(bytes(0x80, 0xff)))).toBe(true);
    expect(passes('/^\\x00{2}$/', binary(bytes(0, 0)))).toBe(true);
  });

  test('a byte order mark is an ordinary character', () => {
    expect(passes('/^\\ufeffa/', binary(bytes(0xef, 0xbb, 0xbf, 0x61)))).toBe(true);
  });

  test('count from the offset of their view', () => {
    expect(passes('abc', binary(utf8('xabcx').subarray(2)))).toBe(false);
    expect(passes('bcx', binary(utf8('xabcx').subarray(2)))).toBe(true);
  });

  test('are searched in their first MiB', () => {
    const payload = new Uint8Array(MAX_DECODED_BYTES + 3);
    payload.set(utf8('abc'), MAX_DECODED_BYTES - 3);
    expect(passes('abc', binary(payload))).toBe(true);
    payload.set(utf8('xyz'), MAX_DECODED_BYTES - 2);
    expect(passes('xyz', binary(payload))).toBe(false);
    expect(passes('xy', binary(payload))).toBe(true);
    const text = `${'x'.repeat(MAX_DECODED_BYTES)}needle`;
    expect(passes('needle', { payload: text })).toBe(true);
  });
});

describe('columns', () => {
  const kinds = Object.entries(FrameKind);
  const names = (filter: string) =>
    kinds.filter(([, kind]) => passes(filter, { kind })).map(([name]) => name);

  test.each([
    ['dir:sent', ['sentText', 'sentBinary']],
    ['dir:received', ['receivedText', 'receivedBinary']],
    ['dir:sent,received', ['sentText', 'sentBinary', 'receivedText', 'receivedBinary']],
    ['type:text', ['sentText', 'receivedText']],
    ['type:binary', ['sentBinary', 'receivedBinary']],
    ['event:open', ['open']],
    ['event:error', ['error']],
    ['event:close', ['close']],
    ['event:open,close', ['open', 'close']],
    ['is:dropped', ['gap', 'unseenSent', 'unseenReceived']],
    [
      '-dir:sent',
      ['receivedText', 'receivedBinary', 'open', 'error', 'close', 'gap', 'unseenSent', 'unseenReceived'],
    ],
    ['dir:sent type:binary', ['sentBinary']],
    ['dir:sent or event:close', ['sentText', 'sentBinary', 'close']],
    ['len:>=0', ['sentText', 'sentBinary', 'receivedText', 'receivedBinary']],
  ])('%s', (filter, expected) => {
    expect(names(filter)).toEqual(expected);
  });

  test.each([
    ['is:injected', FrameFlag.injected],
    ['is:replayed', FrameFlag.replayed],
    ['is:edited', FrameFlag.edited],
    ['is:panel', FrameFlag.byPanel],
    ['is:discarded', FrameFlag.discarded],
  ])('%s', (filter, flag) => {
    const all = Object.values(FrameFlag).reduce<number>((bits, other) => bits | other, 0);
    expect(passes(filter, { flags: flag })).toBe(true);
    expect(passes(filter, { flags: all })).toBe(true);
    expect(passes(filter, { flags: all & ~flag })).toBe(false);
    expect(passes(`${filter},dropped`, { kind: FrameKind.gap })).toBe(true);
    expect(passes(`${filter},dropped`, { flags: flag })).toBe(true);
  });

  test.each([
    ['len:>1k', [1001, 1e9], [0, 1000]],
    ['len:10..200', [10, 200], [9, 201]],
    ['len:=12', [12], [11, 13]],
    ['len:<0', [], [0, 1]],
  ])('%s', (filter, inside, outside) => {
    for (const size of inside) expect(passes(filter, { size })).toBe(true);
    for (const size of outside) expect(passes(filter, { size })).toBe(false);
  });

  test('socket: searches only the URL', () => {
    expect(passes('socket:CHAT', { url: 'wss://example.test/chat' })).toBe(true);
    expect(passes('socket:chat', { url: 'wss://example.test/', payload: 'chat' })).toBe(false);
    expect(passes('chat', { url: 'wss://example.test/chat' })).toBe(false);
  });
});

describe('time of day', () => {
  const at = (hours: number, minutes: number, seconds = 0, ms = 0) =>
    new Date(2024, 6, 1, hours, minutes, seconds).getTime() + ms;

  test.each([
    ['time:>12:30:05', [at(12, 30, 5, 1), at(23, 59)], [at(12, 30, 5), at(12, 30, 5, 0.9), at(0, 0)]],
    ['time:<12:30:05.250', [at(12, 30, 5, 249.9), at(0, 0)], [at(12, 30, 5, 250), at(13, 0)]],
    ['time:12:30', [at(12, 30), at(12, 30, 59, 999.9)], [at(12, 29, 59, 999.9), at(12, 31)]],
    ['time:23:50..0:10', [at(23, 50), at(0, 0), at(0, 10, 59)], [at(23, 49), at(0, 11), at(12, 0)]],
    ['time:<0:00', [], [at(0, 0), at(23, 59)]],
  ])('%s', (filter, inside, outside) => {
    for (const time of inside) expect(passes(filter, { time })).toBe(true);
    for (const time of outside) expect(passes(filter, { time })).toBe(false);
  });
});

describe('work', () => {
  const rows = () => new Rows([rowOf({ payload: 'needle', size: 6 })]);

  test.each([
    'needle dir:sent',
    'needle dir:received len:>10',
    '(needle or /x/) is:injected',
    'needle time:<0:00',
  ])('%s: no payload is asked for when a column says no', (filter) => {
    const source = rows();
    expect(compiled(filter)(source, 0)).toBe(false);
    expect(source.asked).toBe(0);
  });

  test('nor if a column satisfies an `or`', () => {
    const source = rows();
    expect(compiled('needle or dir:received')(source, 0)).toBe(true);
    expect(source.asked).toBe(0);
  });

  test('late contents are searched', () => {
    const list = [rowOf(binary(undefined))];
    const source = new Rows(list);
    const passes = compiled('ping');
    expect(passes(source, 0)).toBe(false);
    list[0] = rowOf(binary(utf8('ping')));
    expect(passes(source, 0)).toBe(true);
  });
});

describe('numbers in JSON', () => {
  test.each([
    ['$.n == 9007199254740993', '{"n":9007199254740993}', true],
    ['$.n == 9007199254740993', '{"n":9007199254740992}', false],
    ['$.n > 9007199254740992', '{"n":9007199254740993}', true],
    ['$.n == 100', '{"n":1e2}', true],
    ['$.n == 100', '{"n":"100"}', false],
    ['$.n >= 100', '{"n":"100.5"}', true],
    ['$.n >= 100', '{"n":""}', false],
    ['$.n < 100', '{"n":true}', false],
    ['$.n > 9007199254740992.5', '{"n":9007199254740993}', true],
    ['$.n > 9007199254740992', '{"n":9007199254740992.5}', true],
    ['$.n == 18446744073709551615', '{"n":18446744073709551616}', false],
    ['$.n == 1e16', '{"n":10000000000000001}', false],
    ['$.n < 0.30000000000000004', '{"n":0.3000000000000000399}', true],
    ['$.n == 1e999', '{"n":2e999}', false],
    ['$.n == 1e999', '{"n":10.0e998}', true],
    ['$.n > -1e999', '{"n":-1e998}', true],
    ['$.n > 0', '{"n":1e-999}', true],
    ['$.n == 0', '{"n":-0.0}', true],
    ['$.n < 0', '{"n":-1}', true],
    ['$.n == 1', '{"n":-}', false],
    ['$.n != 1', '{"n":1,"n":2}', true],
    ['$.n == 2', '{"n":1,"x":{"n":3},"n":2}', true],
    ['$.a.n == 2', '{"a":{"n":1},"b":{"n":2}}', false],
    ['$.n == 1', `{"n":${'9'.repeat(100_000)}}`, false],
  ])('%s in %s: %s', (filter, payload, expected) => {
    expect(passes(filter, { payload })).toBe(expected);
  });
});
