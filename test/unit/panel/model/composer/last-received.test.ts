import { expect, test } from 'vitest';
import { lastReceived } from '../../../../../src/panel/model/composer/last-received.ts';
import { FrameKind } from '../../../../../src/protocol/frames.ts';
import { PanelWorld } from '../../../helpers/panel-world.ts';

test('the newest come first, and none of what was sent or of other sockets', () => {
  const world = new PanelWorld();
  const [one, other] = [world.addSocket(), world.addSocket()];
  const payloads = () =>
    lastReceived(world.model.store, one.number).map((row) => world.model.store.payload(row));
  world.addFrames(
    { payload: 'first' },
    { payload: 'sent', kind: FrameKind.sentText },
    { payload: 'of the other', socket: other.record.id },
    { payload: 'second' },
  );
  expect(payloads()).toEqual(['second', 'first']);
  world.addFrames({ payload: 'third' }, { payload: 'of the other', socket: other.record.id });
  expect(payloads()).toEqual(['third', 'second', 'first']);
  world.model.store.turnIntoGap(3, { frames: 1, bytes: 0, reason: 'disconnected' });
  expect(payloads()).toEqual(['third', 'first']);
});

test('only what has come since is looked at', () => {
  const world = new PanelWorld();
  const { number } = world.addSocket();
  world.addTexts(...Array.from({ length: 200 }, (_, index) => String(index)));
  expect(lastReceived(world.model.store, number)).toHaveLength(50);
  let looks = 0;
  const { store } = world.model;
  const socket = store.socket.bind(store);
  store.socket = (row) => {
    looks++;
    return socket(row);
  };
  world.addTexts('one more');
  looks = 0;
  expect(lastReceived(store, number)[0]).toBe(200);
  expect(looks).toBeLessThan(60);
});
