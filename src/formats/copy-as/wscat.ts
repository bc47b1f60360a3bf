import { isPlain, printed, quoted, word } from './shell.ts';
import { type Copied, type CopiedMessage, type CopiedSocket, copied, notCopied } from './source.ts';

/** A command line of wscat that sends the messages and goes on listening. https://github.com/websockets/wscat */
export function wscat(socket: CopiedSocket, messages: readonly CopiedMessage[]): Copied {
  const assignments: string[] = [];
  const executions: string[] = [];
  for (const { payload } of messages) {
    if (typeof payload !== 'string') return notCopied('wscat-binary');
    if (payload.includes('\0')) return notCopied('wscat-nul');
    if (isPlain(payload)) {
      executions.push(`-x ${quoted(payload)}`);
      continue;
    }
    // A shell removes line breaks from the end of a command's output. The full stop protects them and is removed afterwards.
    const name = `m${assignments.length + 1}`;
    assignments.push(`${name}=$(${printed(`${payload}.`)}); `);
    executions.push(`-x "\${${name}%.}"`);
  }
  const { url, origin, protocol } = socket;
  const parts = [
    `${assignments.join('')}wscat -c ${word(url)}`,
    origin === '' ? '' : `-o ${word(origin)}`,
    protocol === '' ? '' : `-s ${word(protocol)}`,
    '-w -1',
    ...executions,
  ];
  return copied(parts.filter(Boolean).join(' '));
}
