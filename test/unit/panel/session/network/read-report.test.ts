import { expect, test } from 'vitest';
import { readReport } from '../../../../../src/panel/session/network/read-report.ts';
import { handshakeReport } from './entries.ts';

test.each([
  ['HTTP/1.1 101 Switching Protocols', 'HTTP/1.1', 'Switching Protocols'],
  ['HTTP/2.0 200 ', 'HTTP/2.0', ''],
  ['HTTP/2 200', 'HTTP/2', ''],
  ['', '', ''],
  ['HTTP/1.0 403 No  way', 'HTTP/1.0', 'No  way'],
])('the status line %j is taken apart', (statusLine, httpVersion, statusText) => {
  const { handshake } = readReport({ ...handshakeReport(), statusLine });
  expect(handshake).toMatchObject({ status: 101, httpVersion, statusText });
});

test('values that are not UTF-8 are read as ISO 8859-1', () => {
  const responseHeaders = [{ name: 'X-City', binaryValue: [0x4b, 0xf6, 0x6c, 0x6e] }];
  const { handshake } = readReport({ ...handshakeReport(), responseHeaders });
  expect(handshake.responseHeaders).toEqual([{ name: 'X-City', value: 'Köln' }]);
});

test('handshakes are told by their requests, also where nobody saw these being sent', () => {
  const unseen = { sentAt: undefined, requestHeaders: [] };
  const first = { ...handshakeReport(), ...unseen };
  expect(readReport(first).key).toBe(readReport({ ...first, status: 403 }).key);
  expect(readReport(first).key).not.toBe(readReport({ ...handshakeReport(), ...unseen }).key);
});
