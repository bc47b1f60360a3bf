import { describe, expect, it } from 'vitest';
import { ReadyState } from '../../../../../../src/protocol/sockets.ts';
import { FEED, socketEntry, workerEntry } from '../entries.ts';
import { inNetworkWorld, type NetworkWorld, ofWorker, START, WORKER } from './network-world.ts';

let world: NetworkWorld;
inNetworkWorld((made) => {
  world = made;
});

describe('the network log', () => {
  it('is read once at the start and not again while nothing happens', async () => {
    await world.pass(60_000);
    expect(world.bridge.networkReadings).toBe(1);
  });

  it('is read when sockets have opened, once for several', async () => {
    await world.pass(5000);
    const sockets = [1, 2, 3].map((index) => world.capture({ url: `${FEED}/${index}` }));
    world.log(...sockets.map(({ record }) => socketEntry({ url: record.url, start: START + 1 })));
    await world.pass(60_000);
    expect(world.bridge.networkReadings).toBe(2);
    expect(sockets.map(({ handshake }) => handshake?.status)).toEqual([101, 101, 101]);
  });

  it('is read again a few times if it does not have the socket yet', async () => {
    await world.pass(5000);
    world.capture();
    await world.pass(60_000);
    expect(world.bridge.networkReadings).toBeLessThanOrEqual(5);
  });

  it('is not read during a flood of frames', async () => {
    await world.pass(5000);
    const socket = world.capture();
    world.log(socketEntry({ start: START + 1 }));
    for (let step = 0; step < 50; step++) {
      world.session.recorder.list.received += 500;
      await world.pass(100);
    }
    expect([world.bridge.networkReadings, socket.handshake]).toEqual([1, undefined]);
    await world.pass(3000);
    expect(socket.handshake?.status).toBe(101);
  });

  it('is not read while somebody uses the panel, if that would take long', async () => {
    await world.pass(5000);
    world.session.recorder.list.received += 200_000;
    const socket = world.capture();
    world.log(socketEntry({ start: START + 1 }));
    for (let second = 0; second < 60; second++) {
      world.bridge.use();
      await world.pass(1000);
    }
    expect([world.bridge.networkReadings, socket.handshake]).toEqual([1, undefined]);
    await world.pass(10_000);
    expect([world.bridge.networkReadings, socket.handshake?.status]).toEqual([2, 101]);
  });

  it('is read all the same for who selects a socket without a handshake', async () => {
    await world.pass(5000);
    world.session.recorder.list.received += 200_000;
    const socket = world.capture();
    world.log(socketEntry({ start: START + 1 }));
    world.bridge.use();
    await world.pass(2000);
    expect(world.bridge.networkReadings).toBe(1);
    world.bridge.use();
    world.session.wantHandshake(socket);
    await world.pass(0);
    expect([world.bridge.networkReadings, socket.handshake?.status]).toEqual([2, 101]);
  });

  it('is read in use if it is short, as that of a new page is', async () => {
    await world.pass(5000);
    world.session.recorder.list.received += 200_000;
    world.bridge.navigated('https://example.test/next');
    world.bridge.use();
    await world.pass(1000);
    expect(world.bridge.networkReadings).toBe(2);
  });

  it('is read in use for the frames of a socket that only the log knows, though not if that takes very long', async () => {
    world.log(workerEntry(WORKER), ofWorker());
    await world.pass(5000);
    expect(world.readOnly()).toHaveLength(1);
    const readingsInUse = async () => {
      const before = world.bridge.networkReadings;
      for (let second = 0; second < 20; second++) {
        world.bridge.use();
        await world.pass(1000);
      }
      return world.bridge.networkReadings - before;
    };
    world.session.recorder.list.received += 200_000;
    await world.pass(2000);
    expect(await readingsInUse()).toBeGreaterThan(1);
    world.session.recorder.list.received += 400_000;
    expect(await readingsInUse()).toBe(0);
  });

  it('is not read in use if it took long the last time', async () => {
    const { networkLog } = world.bridge;
    world.bridge.readNetworkLog = async () => {
      world.bridge.networkReadings++;
      await new Promise((resolve) => setTimeout(resolve, 150));
      return networkLog;
    };
    await world.pass(30_000);
    const before = world.bridge.networkReadings;
    world.capture();
    world.bridge.use();
    await world.pass(4000);
    expect(world.bridge.networkReadings).toBe(before);
    await world.pass(2000);
    expect(world.bridge.networkReadings).toBe(before + 1);
  });

  it('is not read before the panel is visible', async () => {
    await world.pass(5000);
    world.bridge.isVisible = false;
    const socket = world.capture();
    world.log(socketEntry({ start: START + 1 }));
    await world.pass(60_000);
    expect(world.bridge.networkReadings).toBe(1);
    world.bridge.becomeVisible();
    await world.pass(0);
    expect(socket.handshake?.status).toBe(101);
  });

  it('is read when the user selects a socket without a handshake, but only once', async () => {
    await world.pass(5000);
    const socket = world.capture();
    await world.pass(60_000);
    const before = world.bridge.networkReadings;
    world.log(socketEntry({ start: START + 1 }));
    world.session.wantHandshake(socket);
    world.session.wantHandshake(socket);
    await world.pass(60_000);
    expect(world.bridge.networkReadings).toBe(before + 1);
    expect(socket.handshake?.status).toBe(101);
  });

  it('is read less often the longer that takes', async () => {
    world.bridge.readNetworkLog = async () => {
      world.bridge.networkReadings++;
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return world.bridge.networkLog;
    };
    world.log(workerEntry(WORKER), ofWorker());
    await world.pass(100_000);
    expect(world.bridge.networkReadings).toBeGreaterThan(2);
    expect(world.bridge.networkReadings).toBeLessThanOrEqual(6);
  });

  it('is read less often the longer there is nothing new', async () => {
    world.log(workerEntry(WORKER));
    await world.pass(600_000);
    expect(world.bridge.networkReadings).toBeGreaterThan(20);
    expect(world.bridge.networkReadings).toBeLessThan(35);
  });

  it('is read when scripts have loaded, which may be workers, once for several', async () => {
    await world.pass(60_000);
    const before = world.bridge.networkReadings;
    world.log(workerEntry(WORKER), ofWorker());
    for (let script = 0; script < 50; script++) world.bridge.loadScript();
    await world.pass(1000);
    expect(world.readOnly()).toHaveLength(1);
    expect(world.bridge.networkReadings).toBe(before + 1);
  });

  it('provides the response for a socket that was selected while it was connecting', async () => {
    await world.pass(5000);
    const socket = world.capture({ openedAt: undefined, readyState: ReadyState.connecting });
    world.log(socketEntry({ start: START + 1, nonce: 'n', status: 0, statusText: '' }));
    world.session.wantHandshake(socket);
    await world.pass(1000);
    expect(socket.handshake?.status).toBe(0);
    world.log(socketEntry({ start: START + 1, nonce: 'n' }));
    world.change(socket, { openedAt: START + 10, readyState: ReadyState.open });
    await world.pass(5000);
    expect(socket.handshake?.status).toBe(101);
  });

  it('counts as lacking a handshake only after a search', async () => {
    await world.pass(5000);
    const socket = world.capture({ openedAt: undefined });
    expect(world.session.isHandshakeAbsent(socket)).toBe(false);
    world.session.wantHandshake(socket);
    await world.pass(1000);
    expect(world.session.isHandshakeAbsent(socket)).toBe(true);
  });

  it('may fail to be read', async () => {
    world.bridge.readNetworkLog = () => Promise.reject(new Error('no log'));
    const socket = world.capture();
    await world.pass(10_000);
    expect(socket.handshake).toBeUndefined();
  });
});
