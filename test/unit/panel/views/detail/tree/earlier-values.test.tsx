// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest';
import { View } from '../../../../helpers/view.tsx';

let view: View;

beforeEach(() => {
  view = new View();
});

const FEED = 'wss://a.test/feed';

/** The lines of the preview of the last of several messages of one socket. */
function lastOf(url: string, ...payloads: string[]): (string | undefined)[] {
  view.update(() => {
    view.world.addSocket({ url });
    view.world.addFrames(...payloads.map((payload) => ({ payload })));
  });
  view.update(() =>
    view.world.model.selection.select(view.world.model.filter.view.rowAt(payloads.length - 1)),
  );
  return view.all('treeitem').map(({ textContent }) => textContent?.replace(/\s+/g, ' '));
}

const trade = (symbol: string, price: string) => `{"type":"trade","symbol":"${symbol}","price":${price}}`;

test('a number says how it has changed since the message before that is alike', () => {
  const lines = lastOf(
    FEED,
    trade('BTC', '64211.44'),
    trade('ETH', '3000'),
    '{"type":"news"}',
    trade('BTC', '64209.18'),
  );
  expect(lines).toContainEqual(expect.stringMatching(/price: 64209\.18 ?, −2\.26 since previous/));
});

test('so does a number in quotes', () => {
  const lines = lastOf(
    FEED,
    '{"p":"1.10","t":"2026-11-28T10:00:00Z"}',
    '{"p":"1.25","t":"2026-11-28T10:00:01Z"}',
  );
  expect(lines).toContainEqual(expect.stringMatching(/p: "1\.25" ?, \+0\.15 since previous/));
});

test('unchanged values are not marked', () => {
  expect(lastOf(FEED, trade('BTC', '1.5'), trade('BTC', '1.50')).join()).not.toContain('since');
});

test('numbers in objects within objects are compared', () => {
  const lines = lastOf(FEED, '{"type":"a","b":{"c":1}}', '{"type":"a","b":{"c":3}}');
  expect(lines).toContainEqual(expect.stringMatching(/c: 3 ?, \+2 since previous/));
});

test('elements of lists are not, nor numbers in the place of something else', () => {
  expect(lastOf(FEED, '{"a":[1],"b":"2"}', '{"a":[5],"b":3}').join()).not.toContain('since');
});

test('a point in time says which, and nothing else', () => {
  const lines = lastOf(FEED, '{"time":1795883421000}', '{"time":1795883421698}').join();
  expect(lines).toContain('2026-11-28');
  expect(lines).not.toContain('since');
});

test('JSON in a packet is compared with that in the packet before', () => {
  const lines = lastOf(
    'wss://a.test/socket.io/?EIO=4',
    '42/a,{"type":"poll","votes":7}',
    '42/a,{"type":"poll","votes":12}',
  );
  expect(lines).toContainEqual(expect.stringMatching(/votes: 12 ?, \+5 since previous/));
});
