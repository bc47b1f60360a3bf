import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../../../src/decoders/bytes/bytes.ts';
import { printed } from '../../../../src/formats/copy-as/shell.ts';
import type { CopiedMessage, CopiedSocket } from '../../../../src/formats/copy-as/source.ts';
import { websocat } from '../../../../src/formats/copy-as/websocat.ts';
import { wscat } from '../../../../src/formats/copy-as/wscat.ts';
import { anyText } from '../recordings.ts';

const SOCKET: CopiedSocket = {
  url: 'wss://example.test/a?b=c&d',
  protocol: 'chat.v2',
  origin: 'https://example.test',
};

/** What people do not want to be done by a shell. */
const HOSTILE = [
  `'; touch /nowhere/owned; '`,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell would put something in its place.
  '$(id) `id` ${HOME} $HOME "$x"',
  String.raw`\' \\ \n \0 \x41 %s %d %% %n`,
  '-n -e --version',
  '-',
  '!! !$ ^a^b',
  '* ? [a] ~ ~root',
  'a\nb\r\n\n',
  '\u001b[201~\nid\n\u001b[200~',
  '\u0003\u0004\u0007\u007f\u009b1m',
  'x\u0000y\u00001',
  '\u202e evil \u2066 \u200b \ufeff',
  '\ud83d alone, 😀 in a pair',
  '',
  '# not a comment',
  'a; b && c | d > e < f & g',
];

function run(script: string): Buffer {
  return execFileSync('sh', ['-c', script], { input: '', env: { PATH: process.env.PATH } });
}

/** Stands in for a program: prints the number of its arguments and each, with ends that no argument can hold, then its input. */
const SPY = String.raw`() { printf '%s\0' "$#" "$@"; cat; }; `;

function calls(program: 'websocat' | 'wscat', command: string): { args: string[]; input: string } {
  const output = run(`${program}${SPY}${command}`);
  const parts = output.toString('utf8').split('\0');
  const count = Number(parts[0]);
  return { args: parts.slice(1, count + 1), input: parts.slice(count + 1).join('\0') };
}

function commandOf(copied: ReturnType<typeof wscat>): string {
  if (!copied.ok) throw new Error(copied.problem);
  return copied.text;
}

const asSent = (text: string) => Buffer.from(encodeUtf8(text)).toString();

describe('printf of a POSIX shell', () => {
  it('prints exactly the text, whatever it is', () => {
    const script = HOSTILE.map((text) => printed(text)).join('; ');
    expect(run(script).equals(Buffer.from(HOSTILE.map(encodeUtf8).flatMap((bytes) => [...bytes])))).toBe(
      true,
    );
  });

  it('prints exactly any text', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 20, maxLength: 40 }), (texts) => {
        const output = run(texts.map((text) => printed(text)).join('\n'));
        expect(output.toString('latin1')).toBe(
          Buffer.concat(texts.map((text) => Buffer.from(encodeUtf8(text)))).toString('latin1'),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('holds nothing that a terminal would obey when it is pasted', () => {
    for (const text of HOSTILE) expect(printed(text)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
  });
});

describe('websocat', () => {
  it('is given each hostile text as its input, and the socket as its arguments', () => {
    for (const text of HOSTILE.filter((each) => !(each.includes('\n') && each.includes('\0')))) {
      const { args, input } = calls('websocat', commandOf(websocat(SOCKET, [{ payload: text }])));
      expect(input).toBe(asSent(text));
      expect(args.slice(0, 4)).toEqual([
        '--text',
        '--no-close',
        '--origin=https://example.test',
        '--protocol=chat.v2',
      ]);
      expect(args.at(-1)).toBe(SOCKET.url);
      expect(args.includes('--null-terminated')).toBe(text.includes('\n'));
    }
  });

  it('is given bytes as base64 behind a prefix that no text begins with', () => {
    const messages: CopiedMessage[] = [{ payload: 'base64:x' }, { payload: new Uint8Array([0, 255]) }];
    const command = commandOf(websocat(SOCKET, messages)).replace('sleep 1', ':');
    const { args, input } = calls('websocat', command);
    expect(args).toContain('--base64');
    expect(args).toContain('--binary-prefix=xbase64:');
    expect(args).toContain('--no-line');
    expect(input).toBe('base64:xxbase64:AP8=');
  });

  it('is given a buffer that holds the message', () => {
    expect(commandOf(websocat(SOCKET, [{ payload: 'x'.repeat(70_000) }]))).toContain('--buffer-size=70001');
  });

  it('is not given what it would cut', () => {
    expect(websocat(SOCKET, [{ payload: 'a\n\0' }])).toEqual({ ok: false, problem: 'websocat-ends' });
    const long = { payload: 'x'.repeat(70_000) };
    expect(websocat(SOCKET, [long, long])).toEqual({ ok: false, problem: 'websocat-size' });
  });
});

describe('wscat', () => {
  it('is given each hostile text as an argument', () => {
    const texts = HOSTILE.filter((text) => !text.includes('\0'));
    const command = commandOf(
      wscat(
        SOCKET,
        texts.map((payload) => ({ payload })),
      ),
    );
    const { args } = calls('wscat', command);
    expect(args).toEqual([
      ...['-c', SOCKET.url, '-o', SOCKET.origin, '-s', SOCKET.protocol, '-w', '-1'],
      ...texts.flatMap((text) => ['-x', asSent(text)]),
    ]);
  });

  it('says what it cannot send', () => {
    expect(wscat(SOCKET, [{ payload: new Uint8Array(1) }])).toEqual({ ok: false, problem: 'wscat-binary' });
    expect(wscat(SOCKET, [{ payload: '\0' }])).toEqual({ ok: false, problem: 'wscat-nul' });
  });

  it('takes an address for nothing but an address', () => {
    const hostile = { url: `wss://a/'$(id)'\n\u001b[0m`, protocol: `'; id; '`, origin: '' };
    const { args } = calls('wscat', commandOf(wscat(hostile, [])));
    expect(args).toEqual(['-c', `wss://a/'$(id)'[0m`, '-s', `'; id; '`, '-w', '-1']);
  });
});
