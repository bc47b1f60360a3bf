import { Script } from 'node:vm';
import { encode } from '@msgpack/msgpack';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../../../src/decoders/bytes/bytes.ts';
import { prettyJson } from '../../../../src/decoders/json/pretty.ts';
import { type CopyForm, copyAs } from '../../../../src/formats/copy-as/copy-as.ts';
import type { CopiedSocket } from '../../../../src/formats/copy-as/source.ts';
import { anyText } from '../recordings.ts';

const SOCKET: CopiedSocket = { url: 'wss://example.test/a', protocol: '', origin: '' };

function copy(form: CopyForm, ...payloads: (string | Uint8Array)[]) {
  const copied = copyAs(
    form,
    SOCKET,
    payloads.map((payload) => ({ payload })),
  );
  return copied.ok ? copied.text : copied.problem;
}

describe('copying as', () => {
  it('writes text, hex and base64 with a line for each message', () => {
    const bytes = new Uint8Array([0xc3, 0xbc]);
    expect(copy('text', 'a\r\n', bytes)).toBe('a\r\n\nü');
    expect(copy('text', new Uint8Array([0xff]))).toBe('not-text');
    expect(copy('hex', 'ü', bytes)).toBe('c3bc\nc3bc');
    expect(copy('base64', 'ü', new Uint8Array([0]))).toBe('w7w=\nAA==');
  });

  it('writes the JSON within packets, without what stands around it', () => {
    const socket = { ...SOCKET, url: 'wss://example.test/socket.io/?EIO=4' };
    const one = copyAs('pretty-json', socket, [{ payload: '42/a,7["x"]' }]);
    expect(one).toEqual({ ok: true, text: '[\n  "x"\n]' });
    expect(copy('pretty-json', '{"a":1}\u001e')).toBe('{\n  "a": 1\n}');
    expect(copy('pretty-json', '42["x')).toBe('not-json');
    expect(copy('pretty-json', encode({ type: 'a' }))).toBe('{\n  "type": "a"\n}');
  });

  it('writes arrays of C and JavaScript', () => {
    expect(copy('c-array', 'Hello, world!')).toBe(
      'const unsigned char message[] = {\n  0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x2c, 0x20, 0x77, 0x6f, 0x72, 0x6c, 0x64,\n  0x21,\n};\nconst unsigned long message_length = 13;\n',
    );
    const code = copy('js-array', 'ab', new Uint8Array());
    const [first, second] = new Script(`${code};[message1, message2]`).runInNewContext() as Uint8Array[];
    expect([[...(first ?? [])], [...(second ?? [])]]).toEqual([[0x61, 0x62], []]);
  });

  it('writes a script that opens the socket and sends the very messages', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyText, fc.uint8Array())), (payloads) => {
        const copied = copyAs(
          'javascript',
          { url: 'wss://a/</script>\u2028"', protocol: 'p"', origin: '' },
          payloads.map((payload) => ({ payload })),
        );
        const code = copied.ok ? copied.text : '';
        const seen: unknown[] = [];
        class WebSocket {
          constructor(...args: unknown[]) {
            seen.push(args.flat());
          }
          addEventListener(type: string, listener: () => void) {
            if (type === 'open') listener();
          }
          send(data: unknown) {
            seen.push(data);
          }
        }
        new Script(code).runInNewContext({ WebSocket, atob, Uint8Array, console });
        expect(seen).toEqual([['wss://a/</script>\u2028"', 'p"'], ...payloads]);
        expect(code).not.toMatch(/<\/script|<!--|[\u2028\u202e]/);
      }),
    );
  });
});

describe('pretty JSON', () => {
  it('keeps numbers, keys and strings as they stand in the source', () => {
    expect(
      prettyJson('{"n":9007199254740993,"n":1e999,"s":"a\\u0041: , {\\"","e":[ ],"o":{},"l":[1,-0.0,null]}'),
    ).toBe(`{
  "n": 9007199254740993,
  "n": 1e999,
  "s": "a\\u0041: , {\\"",
  "e": [],
  "o": {},
  "l": [
    1,
    -0.0,
    null
  ]
}`);
    expect(prettyJson(' 12 ')).toBe('12');
    expect(prettyJson('{oops}')).toBeUndefined();
    expect(prettyJson('[[1]]', 20)).toBe('[\n  [\n    1\n  ]\n]');
    expect(prettyJson('[[1]]', 10)).toBeUndefined();
  });

  it('is the JSON that it was', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(prettyJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
      }),
    );
  });

  it('lays out a text of millions of escapes', () => {
    const text = JSON.stringify('\n'.repeat(4_000_000));
    expect(prettyJson(`[${text}]`)).toBe(`[\n  ${text}\n]`);
  });

  it('does not grow beyond all bounds', () => {
    const depth = 20_000;
    const text = '['.repeat(depth) + ']'.repeat(depth);
    expect(prettyJson(text)?.length).toBeLessThan(depth * 300);
  });
});

it('encodes text as it is on the wire', () => {
  expect(copy('hex', '\ud83d')).toBe(Buffer.from(encodeUtf8('\ud83d')).toString('hex'));
});
