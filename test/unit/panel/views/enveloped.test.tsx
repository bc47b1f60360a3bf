// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest';
import { View } from '../../helpers/view.tsx';

let view: View;

beforeEach(() => {
  view = new View();
});

/** The preview of a message of a socket. */
function previewOf(
  payload: string | Uint8Array,
  socket: { readonly url?: string; readonly protocol?: string },
): string {
  view.update(() => {
    view.world.addSocket(socket);
    view.world.addFrames({ payload });
  });
  view.update(() => view.world.model.selection.select(view.world.model.filter.view.rowAt(0)));
  view.update(() => undefined);
  return view.one('tabpanel').textContent ?? '';
}

test('JSON within a packet is a tree, with what stands around it above', () => {
  const text = previewOf('42["poll",{"votes":12}]', { url: 'wss://a.test/socket.io/?EIO=4' });
  expect(text).toContain('JSON within Socket.IO 42');
  expect(view.all('treeitem').map(({ textContent }) => textContent)).toContainEqual(
    expect.stringContaining('"poll"'),
  );
});

test('several messages within one are elements of a list', () => {
  const text = previewOf('{"type":6}\u001e{"type":7}\u001e', {});
  expect(text).toContain('2 messages within one of SignalR');
});

test('what is not JSON after all is shown as it is', () => {
  expect(previewOf('42["poll",', { url: 'wss://a.test/socket.io/?EIO=4' })).toContain('42["poll",');
  expect(view.all('treeitem')).toEqual([]);
});
