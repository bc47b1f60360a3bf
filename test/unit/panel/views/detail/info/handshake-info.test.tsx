// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest';
import type { Handshake } from '../../../../../../src/formats/handshake.ts';
import type { PanelSocket } from '../../../../../../src/panel/session/recording/sockets.ts';
import { FrameKind } from '../../../../../../src/protocol/frames.ts';
import { socketRecord } from '../../../../helpers/frames.ts';
import { View } from '../../../../helpers/view.tsx';

const HANDSHAKE: Handshake = {
  status: 101,
  statusText: 'Switching Protocols',
  httpVersion: 'HTTP/1.1',
  requestHeaders: [{ name: 'Origin', value: 'https://example.test' }],
  responseHeaders: [{ name: 'X-Served-By', value: '<b>bold</b>' }],
  initiator: '    at connect (https://example.test/app.js:12:7)',
  failure: '',
};

let view: View;
let socket: PanelSocket;

beforeEach(() => {
  view = new View();
  view.update(() => {
    socket = view.world.addSocket({ url: 'wss://example.test/feed' });
  });
});

/** Shows the socket with this handshake and returns its Info. */
function infoWith(handshake: Handshake | undefined): string {
  view.update(() => {
    socket.handshake = handshake;
    view.world.model.shownLine.showSocket(socket.number);
  });
  return view.one('tabpanel').textContent ?? '';
}

test('status line, headers and initiator are shown, as text', () => {
  const info = infoWith(HANDSHAKE);
  expect(info).toContain('Status101 Switching Protocols');
  expect(info).toContain('Initiatorhttps://example.test/app.js:12:7');
  expect(info).toContain('Request headersOriginhttps://example.test');
  expect(info).toContain('Response headersX-Served-By<b>bold</b>');
});

test('a refusal is shown in the list, in Info and on the error row', () => {
  view.update(() => view.world.addFrames({ kind: FrameKind.error }));
  const info = infoWith({ ...HANDSHAKE, status: 401, statusText: '', responseHeaders: [] });
  expect(info).toContain('Statusrefused: 401 Unauthorized');
  expect(info).toContain('The browser keeps no response headers of a refused handshake.');
  expect(view.one('option').textContent).toContain('refused: 401 Unauthorized');
  expect(view.all('row').at(-1)?.textContent).toContain('refused: 401 Unauthorized');
});

test('the cause of a failed connection is shown on the error row', () => {
  view.update(() => view.world.addFrames({ kind: FrameKind.error }));
  infoWith({ ...HANDSHAKE, status: 0, failure: 'net::ERR_CONNECTION_REFUSED' });
  expect(view.all('row').at(-1)?.textContent).toContain('failed: net::ERR_CONNECTION_REFUSED');
});

test('a cause that the log reports later is shown then', () => {
  view.update(() => view.world.addFrames({ kind: FrameKind.error }));
  infoWith({ ...HANDSHAKE, status: 0, responseHeaders: [] });
  expect(view.all('row').at(-1)?.textContent).toContain('The connection failed');
  view.update(() => {
    socket.handshake = { ...HANDSHAKE, status: 0, responseHeaders: [], failure: 'net::ERR_CONNECTION_RESET' };
  });
  expect(view.all('row').at(-1)?.textContent).toContain('failed: net::ERR_CONNECTION_RESET');
});

test('a refusal without its status is still shown as one, in the list and on the error row', () => {
  view.update(() => view.world.addFrames({ kind: FrameKind.error }));
  const lost = { ...HANDSHAKE, status: 0, statusText: '' };
  infoWith({ ...lost, responseHeaders: [] });
  view.update(() => {
    socket.handshake = lost;
  });
  expect(view.all('row').at(-1)?.textContent).toContain('The connection failed'); // it is open
  view.update(() => {
    const refused = { ...socket.record, openedAt: undefined, closedAt: socket.record.createdAt + 10 };
    view.world.session.recorder.updateSockets(socket.document, [refused]);
  });
  const words = 'refused: status lost by the browser';
  expect(view.one('option').textContent).toContain(words);
  expect(view.all('row').at(-1)?.textContent).toContain(words);
});

test('a response without its status is shown as such, with its headers', () => {
  const responseHeaders = [{ name: 'X-Refused-By', value: 'a guard' }];
  const text = infoWith({ ...HANDSHAKE, status: 0, statusText: '', responseHeaders });
  expect(text).toContain('has lost the status');
  expect(text).toContain('a guard');
});

test('a handshake that is not known is looked for, and only then said to be absent', () => {
  const { session } = view.world;
  const want = vi.spyOn(session, 'wantHandshake');
  expect(infoWith(undefined)).toContain('Looking for it');
  expect(want).toHaveBeenCalledWith(socket);
  vi.spyOn(session, 'isHandshakeAbsent').mockReturnValue(true);
  expect(infoWith(undefined)).toContain('has no record of this handshake');
});

test('a read-only socket says so and why, and cannot be acted on', () => {
  const identity = { document: 'log', frameId: -1, url: 'https://example.test/worker.js' };
  view.update(() => {
    const document = { identity, isGone: false, readOnly: 'worker' as const };
    socket = view.world.session.recorder.sockets.update(document, socketRecord({ id: 1 }));
  });
  expect(infoWith(HANDSHAKE)).toContain('Opened by a worker');
  const [, option] = view.all('option');
  expect(option?.textContent).toContain('read-only');
  expect(option?.title).toContain('Opened by a worker');
  expect(view.all('group', 'worker · /worker.js')).toHaveLength(1);
  for (const name of ['Send', 'Inject', 'Close socket']) {
    const button = view.one('button', name) as HTMLButtonElement;
    expect([button.disabled, button.title]).toEqual([true, expect.stringContaining('Opened by a worker')]);
  }
});
