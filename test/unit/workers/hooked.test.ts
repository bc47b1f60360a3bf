import { expect, test } from 'vitest';
import { WORKER_PLACES } from '../../../src/protocol/workers.ts';
import { introduce, readContentType } from '../../../src/workers/hooked.ts';

test.each([
  ['text/javascript', 'text/javascript', true],
  ['Application/JavaScript; Charset="UTF-8"', 'application/javascript', true],
  ['text/javascript;charset=iso-8859-1', 'text/javascript', true],
  ['text/javascript; charset=utf-16le', 'text/javascript', false],
  ['text/javascript; charset=gb18030', 'text/javascript', false],
  ['', '', true],
])('the type %j', (text, type, isAscii) => {
  expect(readContentType(text)).toEqual({ type, isAscii });
});

test('the hook is told where and as what to introduce its worker, in every place', () => {
  const { meeting, token } = WORKER_PLACES;
  expect(introduce(`${meeting} ${token} ${meeting}`, { meeting: 'a', token: 'b' })).toBe('a b a');
});
