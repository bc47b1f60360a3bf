import { expect, test } from 'vitest';
import { shortPath } from '../../../../src/panel/words/urls.ts';

test.each([
  ['wss://a.test/', '/'],
  ['wss://a.test/feed?token=1234567890', '/feed?token=1234567890'],
  ['wss://a.test/socket.io/?EIO=4&transport=websocket', '/socket.io/?EIO=4&transport=websocket'],
  ['wss://a.test/v2/stream/bonds?key=abc', '…/stream/bonds?key=abc'],
  ['wss://a.test/v2/stream/of-everything-there-is', '…/of-everything-there-is'],
  ['wss://a.test/apps/production/', '…/production/'],
  ['wss://a.test/a-name-that-takes-a-line', '/a-name-that-takes-a-line'],
  ['no address at all', 'no address at all'],
])('%s is %s', (url, path) => {
  expect(shortPath(url)).toBe(path);
});
