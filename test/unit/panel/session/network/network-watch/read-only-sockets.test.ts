import { describe, expect, it } from 'vitest';
import { documentLabel } from '../../../../../../src/panel/views/sockets/document-label.ts';
import { ReadyState } from '../../../../../../src/protocol/sockets.ts';
import { tallyFrames } from '../../../../../../src/store/ledger.ts';
import { dataWorkerEntry, type LogMessage, message, socketEntry, workerEntry } from '../entries.ts';
import { inNetworkWorld, NetworkWorld, ofWorker, START, WORKER } from './network-world.ts';

let world: NetworkWorld;
inNetworkWorld((made) => {
  world = made;
});

describe('read-only sockets', () => {
  it('are those that only the log has', async () => {
    world.capture();
    world.log(workerEntry(WORKER), socketEntry({ start: START + 1 }), ofWorker());
    await world.pass(5000);
    expect(world.listed().map(({ readOnly }) => readOnly)).toEqual([undefined, 'worker']);
    expect(await world.session.run(world.readOnly()[0] as never, { type: 'close' })).toEqual({
      reason: 'read-only',
    });
  });

  it('include those of workers whose script has no address (data:)', async () => {
    world.log(dataWorkerEntry(), socketEntry({ start: START + 1, scripts: [''], origin: 'null' }));
    await world.pass(5000);
    const [socket] = world.readOnly();
    expect(socket && [socket.readOnly, documentLabel(socket.document)]).toEqual(['worker', 'worker · data:']);
  });

  it('have the frames that are in the log, and later ones', async () => {
    const messages = [message('send', START + 6, 'hi'), message('receive', START + 7, 'AQL6', 2)];
    world.log(workerEntry(WORKER), ofWorker({ messages }));
    await world.pass(2000);
    expect(world.rows()).toEqual(['open', 'hi', new Uint8Array([1, 2, 250])]);
    const more: LogMessage[] = [...messages, message('receive', START + 8, 'wide ✓')];
    world.log(workerEntry(WORKER), ofWorker({ messages: more, duration: 100 }));
    await world.pass(2000);
    expect(world.rows()).toEqual(['open', 'hi', new Uint8Array([1, 2, 250]), 'wide ✓', 'close']);
    const [socket] = world.readOnly();
    expect(socket?.readyState).toBe(ReadyState.closed);
    expect(tallyFrames(socket?.ledger.accounted() as never)).toBe(5);
    expect(world.session.totals()).toMatchObject({ stored: 5, dropped: 0 });
  });

  it('count frames that arrive while capturing is paused', async () => {
    world.log(workerEntry(WORKER), ofWorker());
    await world.pass(2000);
    world.session.isPaused = true;
    world.log(workerEntry(WORKER), ofWorker({ messages: [message('receive', START + 7, 'unseen')] }));
    await world.pass(2000);
    expect(world.session.totals()).toMatchObject({ stored: 1, dropped: 1 });
  });

  it('do not get their frames again after Clear', async () => {
    world.log(workerEntry(WORKER), ofWorker({ messages: [message('receive', START + 7, 'old')] }));
    await world.pass(2000);
    world.session.clear();
    await world.pass(5000);
    expect(world.rows()).toEqual([]);
  });

  it('do not include captured sockets, however late the page reports them', async () => {
    world.log(socketEntry({ start: START + 1 }));
    await world.pass(3000);
    expect(world.listed()).toEqual([]);
    const socket = world.capture();
    await world.pass(3000);
    expect(world.listed()).toEqual([socket]);
  });

  it('are replaced by the same socket once the page has adopted it', async () => {
    world.log(socketEntry({ start: START + 1, scripts: ['https://example.test/early.js'] }));
    await world.pass(3000);
    expect(world.readOnly().map(({ readOnly }) => readOnly)).toEqual(['unreached']);
    const adopted = world.capture({ adopted: true, createdAt: START + 4000, openedAt: undefined });
    expect(world.listed()).toEqual([adopted]); // at once
    await world.pass(3000);
    expect(world.listed()).toEqual([adopted]);
  });

  it('do not duplicate the message by which the page adopted the socket', async () => {
    const early = { start: START + 1, nonce: 'early', scripts: ['https://example.test/early.js'] };
    world.log(socketEntry(early));
    await world.pass(3000);
    const { readNetworkLog } = world.bridge;
    let readings = 0;
    world.bridge.readNetworkLog = async () => {
      readings++;
      return { entries: [socketEntry({ ...early, messages: [message('send', Date.now() - 100, 'fresh')] })] };
    };
    await world.pass(20_000);
    expect(readings).toBeGreaterThan(1);
    expect(world.rows()).toEqual(['open']);
    world.bridge.readNetworkLog = readNetworkLog;
    world.log(socketEntry({ ...early, messages: [message('send', START + 4000, 'old')] }));
    await world.pass(10_000);
    expect(world.rows()).toEqual(['open', 'old']);
  });

  it('pass their rows on to the adopted socket, including cleared and paused ones', async () => {
    const early = { start: START + 1, nonce: 'early', scripts: ['https://example.test/early.js'] };
    const { session } = world;
    world.log(socketEntry({ ...early, messages: [message('receive', START + 2, 'one')] }));
    await world.pass(3000);
    const cleared = session.clear();
    world.log(
      socketEntry({
        ...early,
        messages: ['one', 'two'].map((text) => message('receive', START + 2, text)),
      }),
    );
    await world.pass(5000);
    session.isPaused = true;
    world.log(
      socketEntry({
        ...early,
        messages: ['one', 'two', 'three'].map((text) => message('receive', START + 2, text)),
      }),
    );
    await world.pass(5000);
    const adopted = world.capture({ adopted: true, createdAt: START + 14_000, openedAt: undefined });
    session.isPaused = false;
    expect(world.rowsOf(adopted)).toEqual(['two', 'gap']);
    expect(session.restore(cleared)).toBe(true);
    expect(world.listed()).toEqual([adopted]);
    expect(world.rowsOf(adopted)).toEqual(['open', 'one', 'two', 'gap']);
    expect(tallyFrames(adopted.ledger.stored)).toBe(3);
    expect(adopted.ledger.droppedFrames()).toBe(1);
    expect(session.totals()).toMatchObject({ observed: 4, stored: 3, dropped: 1, inFlight: 0 });
  });

  it('are all sockets of a page without our hook', async () => {
    world.end();
    world = new NetworkWorld((bridge) => {
      bridge.open = (document, frameId) => bridge.openSilently(document, frameId);
    });
    world.log(socketEntry({ start: START + 1, scripts: ['https://example.test/app.js'] }));
    await world.pass(10_000);
    expect(world.readOnly().map(({ readOnly }) => readOnly)).toEqual(['before']);
  });

  it('are those created before the capture if the page was captured late', async () => {
    world.end();
    world = new NetworkWorld((bridge) => {
      bridge.open = (document) => {
        const opened = bridge.openSilently(document, 0, 'https://example.test/page', START + 5000);
        bridge.announce(opened);
        return opened;
      };
    });
    world.log(
      socketEntry({ start: START + 1, scripts: ['https://example.test/early.js'] }),
      socketEntry({ start: START + 6000, scripts: ['https://example.test/late.js'] }),
    );
    await world.pass(10_000);
    expect(world.readOnly().map(({ readOnly }) => readOnly)).toEqual(['before', 'unreached']);
  });

  it('are closed when a page without our hook is left for one with it', async () => {
    world.end();
    world = new NetworkWorld((bridge) => {
      const open = bridge.open.bind(bridge);
      bridge.open = (document, frameId) => {
        bridge.open = open;
        return bridge.openSilently(document, frameId);
      };
    });
    world.log(socketEntry({ start: START + 1, scripts: ['https://example.test/app.js'] }));
    await world.pass(10_000);
    expect(world.readOnly()).toHaveLength(1);
    world.bridge.open('reloaded');
    world.log();
    await world.pass(3000);
    expect(world.listed()).toEqual([]);
  });

  it('are closed when the page is left for one without our hook', async () => {
    world.log(workerEntry(WORKER), ofWorker());
    await world.pass(3000);
    world.bridge.navigated('https://example.test/closed-to-extensions');
    world.log();
    await world.pass(3000);
    expect(world.readOnly().map(({ readyState, isUnfollowed }) => [readyState, isUnfollowed])).toEqual([
      [ReadyState.closed, false],
    ]);
  });

  it('are removed with their page', async () => {
    world.log(workerEntry(WORKER), ofWorker());
    await world.pass(3000);
    world.bridge.open('next');
    world.log();
    await world.pass(3000);
    expect(world.listed()).toEqual([]);
  });

  it('do not appear again if DevTools preserve the log', async () => {
    world.log(workerEntry(WORKER), ofWorker());
    await world.pass(3000);
    world.bridge.open('next');
    await world.pass(10_000);
    expect(world.listed()).toEqual([]);
  });

  it("are marked as no longer followed when DevTools' log is cleared", async () => {
    world.log(workerEntry(WORKER), ofWorker());
    await world.pass(3000);
    world.log();
    await world.pass(3000);
    expect(world.readOnly().map(({ isUnfollowed }) => isUnfollowed)).toEqual([true]);
  });

  it('are not created from a log without messages, which does not show their state', async () => {
    world.log(workerEntry(WORKER), ofWorker({ messages: undefined }));
    await world.pass(5000);
    expect(world.listed()).toEqual([]);
  });
});
