import { expect, test } from 'vitest';
import { socketIoHead } from '../../../src/decoders/socket-io-head.ts';

test.each([
  ['42', ['EVENT', undefined, undefined, 0]],
  ['423', ['EVENT', undefined, '3', 0]],
  ['430', ['ACK', undefined, '0', 0]],
  ['40/admin,', ['CONNECT', '/admin', undefined, 0]],
  ['42/admin,17', ['EVENT', '/admin', '17', 0]],
  ['452-', ['BINARY_EVENT', undefined, undefined, 2]],
  ['461-/a,3', ['BINARY_ACK', '/a', '3', 1]],
])('%s', (head, parts) => {
  const read = socketIoHead(head);
  expect(read && [read.packet, read.namespace, read.id, read.attachments]).toEqual(parts);
});

test.each(['', '0', '2', '47', '4', '42x', '42/open'])('not of Socket.IO: %s', (head) => {
  expect(socketIoHead(head)).toBeUndefined();
});
