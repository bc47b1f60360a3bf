import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asLineReport, type HandshakeReport } from '../../../src/protocol/panel-line.ts';

const REPORT: HandshakeReport = {
  type: 'handshake',
  requestId: '17',
  url: 'wss://example.test/feed',
  frameId: 7,
  sentAt: 1_700_000_000_000,
  requestHeaders: [{ name: 'Sec-WebSocket-Key', value: 'abc' }],
  statusLine: 'HTTP/1.1 101 Switching Protocols',
  status: 101,
  responseHeaders: [{ name: 'X-Name', binaryValue: [0x4d, 0xfc] }],
};

test('reports are read without unknown fields', () => {
  expect(asLineReport({ ...REPORT, stray: 1 })).toEqual(REPORT);
  expect(asLineReport({ type: 'workers', isOn: true, stray: 1 })).toEqual({ type: 'workers', isOn: true });
});

test('what nobody saw of a handshake is not there, and what is no header is passed over', () => {
  const { requestId, url, status } = REPORT;
  const headers = [{ name: 'A', value: 'b' }, { name: 'C' }, { value: 'd' }, 'e', null];
  expect(asLineReport({ type: 'handshake', requestId, url, status, responseHeaders: headers })).toEqual({
    type: 'handshake',
    requestId,
    url,
    frameId: undefined,
    sentAt: undefined,
    requestHeaders: [],
    statusLine: '',
    status,
    responseHeaders: [
      { name: 'A', value: 'b' },
      { name: 'C', binaryValue: [] },
    ],
  });
});

test('anything else is no report', () => {
  for (const key of ['type', 'requestId', 'url', 'status']) {
    expect(asLineReport({ ...REPORT, [key]: {} })).toBeUndefined();
  }
  fc.assert(fc.property(fc.anything(), (message) => void asLineReport(message)));
});
