import { encode } from '@msgpack/msgpack';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DiffLine, diffPayloads } from '../../../src/decoders/diff.ts';

const marked = ({ text, changed }: DiffLine) => changed.map(({ start, end }) => text.slice(start, end));

/** The lines with their signs, as `diff -u` writes them. */
function signed(before: string | Uint8Array, after: string | Uint8Array): string[] {
  const diff = diffPayloads(before, after);
  if (diff.type !== 'lines') return [diff.type];
  const signs = { same: ' ', removed: '-', added: '+' };
  return diff.lines.map(({ kind, text }) => signs[kind] + text);
}

describe('diffPayloads', () => {
  it('compares JSON value by value, whatever its white space', () => {
    expect(signed('{"a":1,"b":[1,2]}', '{ "a": 1,\n"b": [1, 2] }')).toEqual(['equal']);
    expect(signed('{"a":1,"b":[1,2]}', '{"a":2,"b":[1,2]}')).toEqual([
      ' {',
      '-  "a": 1,',
      '+  "a": 2,',
      '   "b": [',
      '     1,',
      '     2',
      '   ]',
      ' }',
    ]);
  });

  it('compares JSON within packets value by value, with what stands around it', () => {
    const socket = { url: 'wss://example.test/socket.io/?EIO=4', protocol: '' };
    const diff = diffPayloads('42["tick",{"n":1}]', '427["tick",{ "n": 1 }]', [socket, socket]);
    const changed = diff.type === 'lines' ? diff.lines.filter(({ kind }) => kind !== 'same') : [];
    expect(changed.map(({ text }) => text)).toEqual(['42', '427']);
  });

  it('compares what packets of MQTT say', () => {
    const socket = { url: 'wss://example.test/', protocol: 'mqtt' };
    const subscribe = (topic: string) => Uint8Array.of(0x82, 6, 0, 1, 0, 1, topic.charCodeAt(0), 0);
    const diff = diffPayloads(subscribe('a'), subscribe('b'), [socket, socket]);
    const changed = diff.type === 'lines' ? diff.lines.filter(({ kind }) => kind !== 'same') : [];
    expect(changed.map(({ text }) => text.trim())).toEqual(['"topic": "a",', '"topic": "b",']);
  });

  it('compares the values of binary messages one by one', () => {
    const [before, after] = [1, 2].map((price) => encode({ type: 'trade', price }));
    expect(signed(before ?? '', after ?? '')).toEqual([
      ' {',
      '   "type": "trade",',
      '-  "price": 1',
      '+  "price": 2',
      ' }',
    ]);
  });

  it('compares JSON value by value also where it is sent as bytes', () => {
    const bytes = new TextEncoder().encode('{"a":1}');
    expect(signed(bytes, '{"a":2}')).toContain('-  "a": 1');
    expect(signed(bytes, 'word')).toEqual(['kinds']);
  });

  it('knows numbers by their source', () => {
    expect(signed('[9007199254740993]', '[9007199254740992]')).toContain('-  9007199254740993');
    expect(signed('[1.0]', '[1]')).toContain('+  1');
  });

  it('marks what differs within a line that stands for another', () => {
    const diff = diffPayloads('{"price":64213.55}', '{"price":64210.55}');
    const changed = diff.type === 'lines' ? diff.lines.filter(({ kind }) => kind !== 'same') : [];
    expect(changed.map(marked)).toEqual([['3'], ['0']]);
  });

  it('numbers the lines of both sides', () => {
    const diff = diffPayloads('one\ntwo\nthree', 'one\nthree\nfour');
    expect(diff).toMatchObject({ type: 'lines', added: 1, removed: 1 });
    expect(diff.type === 'lines' && diff.lines.map(({ before, after }) => [before, after])).toEqual([
      [1, 1],
      [2, undefined],
      [3, 2],
      [undefined, 3],
    ]);
  });

  it('marks each byte that differs, and its character', () => {
    const diff = diffPayloads(Uint8Array.of(0xaa, 0x41, 2, 0x0f), Uint8Array.of(0xaa, 0x42, 2, 0x10, 9));
    expect(diff).toMatchObject({ type: 'lines', bytesALine: 8 });
    expect(diff.type === 'lines' && diff.lines.map(marked)).toEqual([
      ['41', '0f', 'A', '.'],
      ['42', '10', '09', 'B', '.', '.'],
    ]);
  });

  it('compares bytes in rows of eight', () => {
    const before = Uint8Array.from({ length: 40 }, (_, index) => index);
    const after = before.slice();
    after[20] = 0xff;
    expect(signed(before, after).map((line) => line[0])).toEqual([' ', ' ', '-', '+', ' ', ' ']);
  });

  it('does not compare text with bytes', () => {
    expect(diffPayloads('a', new Uint8Array([97]))).toEqual({ type: 'kinds' });
  });

  it('gives up where it would take too long', () => {
    expect(diffPayloads('x'.repeat(9_000_000), 'y'.repeat(9_000_000))).toEqual({ type: 'too-large' });
    const random = (seed: number) =>
      Array.from({ length: 60_000 }, (_, index) => (index * seed) % 99_991).join('\n');
    expect(diffPayloads(random(7919), random(104_729), undefined, 50)).toEqual({ type: 'too-large' });
  });

  it('compares as it is written what would become too long with a line for each value', () => {
    const nested = (value: number) => '['.repeat(600_000) + value + ']'.repeat(600_000);
    const diff = diffPayloads(nested(1), nested(2));
    expect(diff).toMatchObject({ type: 'lines', added: 1, removed: 1 });
    expect(diff.type === 'lines' && diff.lines.map(({ changed }) => changed)).toEqual([
      [{ start: 600_000, end: 600_001 }],
      [{ start: 600_000, end: 600_001 }],
    ]);
  });

  it('yields both texts again, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }),
        fc.array(fc.constantFrom('a', 'b', 'd'), { maxLength: 12 }),
        (one, other) => {
          const [before, after] = [one.join('\n'), other.join('\n')];
          const diff = diffPayloads(before, after);
          if (diff.type === 'equal') {
            expect(before).toBe(after);
            return;
          }
          if (diff.type !== 'lines') throw new Error(diff.type);
          const side = (kind: 'removed' | 'added') =>
            diff.lines
              .filter((line) => line.kind === 'same' || line.kind === kind)
              .map(({ text }) => text)
              .join('\n');
          expect([side('removed'), side('added')]).toEqual([before, after]);
        },
      ),
    );
  });
});
