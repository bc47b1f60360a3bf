import { expect, test } from 'vitest';
import { replyKeys, requestKeys } from '../../../src/decoders/message-ids.ts';

const SOCKET_IO = 'wss://a.test/socket.io/?EIO=4&transport=websocket';

function belongTogether(request: string, reply: string, url = ''): boolean {
  const keys = requestKeys(request, url);
  return replyKeys(reply, url).some((key) => keys.includes(key));
}

test.each([
  ['{"jsonrpc":"2.0","id":7,"method":"a"}', '{"jsonrpc":"2.0","result":{"x":[1,{"id":8}]},"id":7}'],
  ['{"id":"x-1","type":"subscribe","payload":{"id":"other"}}', '{"type":"next","id":"x-1","payload":{}}'],
  ['{"requestId":"a","op":"b"}', '{"ok":true,"requestId":"a"}'],
  ['{"id":5}', '{"replyTo":5,"id":99}'],
  ['{"ref":1}', '{"ref":1}'],
  ['["3","7","room:1","new_msg",{"body":"x"}]', '["3","7","room:1","phx_reply",{"status":"ok"}]'],
  ['[2,"19223201","BootNotification",{}]', '[3,"19223201",{"status":"Accepted"}]'],
  ['[2,"19223201","BootNotification",{}]', '[4,"19223201","Error","",{}]'],
])('%s is answered by %s', (request, reply) => {
  expect(belongTogether(request, reply)).toBe(true);
});

test.each([
  ['{"id":7}', '{"id":"7"}'],
  ['{"id":7}', '{"id":8}'],
  ['{"id":7}', '{"requestId":7}'],
  ['{"id":null}', '{"id":null}'],
  ['{"id":{"a":1}}', '{"id":{"a":1}}'],
  ['{"data":{"id":7}}', '{"data":{"id":7}}'],
  ['{"text":"\\"id\\": 7"}', '{"text":"\\"id\\": 7"}'],
  ['"id": 7', '"id": 7'],
  ['{"id": 7', '{"id": '],
  ['', ''],
  [`{"id":"${'x'.repeat(500)}"}`, `{"id":"${'x'.repeat(500)}"}`],
  ['[3,"19223201",{}]', '[2,"19223201","a",{}]'],
  ['["3","7","room:1","new_msg",{}]', '["3","7","room:1","new_msg",{}]'],
  ['[1,2,3]', '[1,2,3]'],
])('%s is not answered by %s', (request, reply) => {
  expect(belongTogether(request, reply)).toBe(false);
});

test('acknowledgements of Socket.IO answer the event that asked for them, in their namespace', () => {
  expect(belongTogether('4213["get",{"id":1}]', '4313[{"ok":true}]', SOCKET_IO)).toBe(true);
  expect(belongTogether('42/chat,13["get"]', '43/chat,13[]', SOCKET_IO)).toBe(true);
  expect(belongTogether('451-/chat,13["get",{}]', '461-/chat,13[{}]', SOCKET_IO)).toBe(true);
  expect(belongTogether('4213["get"]', '43/chat,13[]', SOCKET_IO)).toBe(false);
  expect(belongTogether('42["get"]', '43[]', SOCKET_IO)).toBe(false);
  expect(belongTogether('4213["get"]', '4213["get"]', SOCKET_IO)).toBe(false);
});

test('a list is looked at no further than any other message, however long its texts are', () => {
  const long = `["1","${'\\n'.repeat(4_000_000)}","room:1","new_msg"]`;
  expect(requestKeys(long)).toEqual([]);
  const body = 'x'.repeat(4000);
  expect(belongTogether(`["3","7","room:1","new_msg","${body}"]`, '["3","7","room:1","phx_reply",{}]')).toBe(
    true,
  );
});
