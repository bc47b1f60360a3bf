import { expect, test } from 'vitest';
import type { FakeDocument } from '../../helpers/fake-bridge.ts';
import { inSessionWorld, type SessionWorld } from './session-world.ts';

let world: SessionWorld;
inSessionWorld((made) => {
  world = made;
});

/** Opens a socket in a document or worker. */
function socketOf({ page }: FakeDocument) {
  const { socket, tap } = page.watchedSocket();
  socket.serverOpens();
  return { socket, tap };
}

const states = () => world.session.recorder.sockets.all().map(({ readyState }) => readyState);

test('a worker does not take the place of the document that it belongs to', () => {
  const document = world.bridge.open('page');
  socketOf(document);
  const worker = world.bridge.openWorker('worker');
  const { tap } = socketOf(worker);
  world.deliver();
  worker.page.recordText(tap, 'from the worker');
  world.deliver();
  expect(states()).toEqual([1, 1]);
  expect(world.rows()).toContain('from the worker');
});

test('a document that is announced after its worker does not end the worker', () => {
  const worker = world.bridge.openWorker('worker', 3);
  socketOf(worker);
  const document = world.bridge.open('frame', 3);
  socketOf(document);
  world.deliver();
  expect(states()).toEqual([1, 1]);
});

test('commands reach the worker that has the socket', async () => {
  socketOf(world.bridge.open('page'));
  const { socket } = socketOf(world.bridge.openWorker('worker'));
  world.deliver();
  const ofWorker = world.session.recorder.sockets
    .all()
    .find(({ document }) => document.identity.document === 'worker');
  if (!ofWorker) throw new Error('The socket of the worker is not known');
  const done = world.session.run(ofWorker, { type: 'send', payload: { type: 'text', text: 'hello' } });
  world.deliver();
  expect(await done).toBeUndefined();
  expect(socket.sent).toEqual(['hello']);
});

test.each([0, 3])('a worker of frame %d is left with its document', (frameId) => {
  world.bridge.open('page');
  world.session.preserveLog = true;
  world.bridge.open('frame', frameId);
  socketOf(world.bridge.openWorker('worker', frameId));
  world.deliver();
  expect(states()).toEqual([1]);
  world.bridge.open('next', frameId);
  world.deliver();
  expect(states()).toEqual([3]);
});

test('a worker that has ended has its sockets closed; if it was busy alone, nothing is lost', () => {
  world.bridge.open('page');
  const worker = world.bridge.openWorker('worker');
  const { tap } = socketOf(worker);
  world.deliver();
  worker.seemToEnd();
  world.deliver();
  expect(states()).toEqual([3]);
  worker.page.recordTexts(tap, 2);
  world.bridge.announce(worker);
  world.deliver();
  expect(states()).toEqual([1]);
  expect(world.rows()).toEqual(['open', '0', '1']);
  expect(world.session.totals()).toMatchObject({ stored: 3, dropped: 0 });
});
