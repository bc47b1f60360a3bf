import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NetworkWatch } from '../../../../../src/panel/session/network/network-watch.ts';
import type { PanelSocket } from '../../../../../src/panel/session/recording/sockets.ts';
import { Session } from '../../../../../src/panel/session/session.ts';
import { documentLabel } from '../../../../../src/panel/views/sockets/document-label.ts';
import { readyStateText } from '../../../../../src/panel/words/words.ts';
import { FrameKind } from '../../../../../src/protocol/frames.ts';
import { ReadyState, type SocketRecord } from '../../../../../src/protocol/sockets.ts';
import { tallyFrames } from '../../../../../src/store/ledger.ts';
import { FakeBridge } from '../../../helpers/fake-bridge.ts';
import { socketRecord } from '../../../helpers/frames.ts';
import { speakEnglish } from '../../../helpers/language.ts';
import {
  dataWorkerEntry,
  type EntryParts,
  FEED,
  type LogMessage,
  message,
  socketEntry,
  workerEntry,
} from './entries.ts';

const WORKER = 'https://example.test/worker.js';
const START = 1_700_000_000_000;

speakEnglish();

/** A session with a page in it, whose sockets a test writes down itself. */
class NetworkWorld {
  readonly bridge = new FakeBridge();
  readonly session: Session;
  private readonly document;
  private readonly leaving = new AbortController();
  private sockets = 0;

  constructor(prepare: (bridge: FakeBridge) => void = () => undefined) {
    prepare(this.bridge);
    this.session = new Session(this.bridge, () => undefined);
    this.session.start(this.leaving.signal);
    this.session.watchNetwork(NetworkWatch, this.leaving.signal);
    const { identity } = this.bridge.open('page');
    this.document = { identity, isGone: false };
    this.deliver();
  }

  end(): void {
    this.leaving.abort();
  }

  log(...entries: object[]): void {
    this.bridge.networkLog = { entries };
  }

  /** A socket that the hook has captured. */
  capture(parts: Parameters<typeof socketRecord>[0] = {}) {
    const record = socketRecord({ createdAt: START, openedAt: START + 10, ...parts, id: ++this.sockets });
    this.session.recorder.updateSockets(this.document, [record]);
    const socket = this.session.recorder.sockets.find(this.document, record.id);
    if (!socket) throw new RangeError('no socket');
    return socket;
  }

  change({ record }: PanelSocket, parts: Partial<SocketRecord>): void {
    this.session.recorder.updateSockets(this.document, [{ ...record, ...parts }]);
  }

  async pass(ms: number): Promise<void> {
    await vi.advanceTimersByTimeAsync(ms);
    this.deliver();
    await vi.advanceTimersByTimeAsync(0);
  }

  listed() {
    return this.session.recorder.sockets.visible();
  }

  readOnly() {
    return this.listed().filter((socket) => socket.readOnly);
  }

  rows(): (string | Uint8Array | undefined)[] {
    const { store } = this.session.recorder;
    const name = (kind: FrameKind) => Object.entries(FrameKind).find(([, value]) => value === kind)?.[0];
    return Array.from({ length: store.endRow }, (_, row) => store.payload(row) ?? name(store.kind(row)));
  }

  /** Of one socket. */
  rowsOf({ number }: PanelSocket): ReturnType<NetworkWorld['rows']> {
    const { store } = this.session.recorder;
    return this.rows().filter((_, row) => store.socket(row) === number);
  }

  private deliver(): void {
    this.bridge.network.run();
  }
}

let world: NetworkWorld;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  world = new NetworkWorld();
});

afterEach(() => {
  world.end();
  vi.useRealTimers();
});

const ofWorker = (parts: EntryParts = {}) =>
  socketEntry({ start: START + 5, nonce: 'worker', scripts: [WORKER], ...parts });

describe('reading the log', () => {
  it('happens once at the beginning, and not again while nothing happens', async () => {
    await world.pass(60_000);
    expect(world.bridge.networkReadings).toBe(1);
  });

  it('happens when a socket has opened, once for several', async () => {
    await world.pass(5000);
    const sockets = [1, 2, 3].map((index) => world.capture({ url: `${FEED}/${index}` }));
    world.log(...sockets.map(({ record }) => socketEntry({ url: record.url, start: START + 1 })));
    await world.pass(60_000);
    expect(world.bridge.networkReadings).toBe(2);
    expect(sockets.map(({ handshake }) => handshake?.status)).toEqual([101, 101, 101]);
  });

  it('is tried again a few times where the log does not have the socket yet', async () => {
    await world.pass(5000);
    world.capture();
    await world.pass(60_000);
    expect(world.bridge.networkReadings).toBeLessThanOrEqual(5);
  });

  it('waits while more comes in than anybody can read', async () => {
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

  it('waits until the panel can be seen', async () => {
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

  it('happens when a person looks at a socket without a handshake, and then no more', async () => {
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

  it('is repeated the less often the longer it takes', async () => {
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

  it('is repeated the less often the longer nothing is new', async () => {
    world.log(workerEntry(WORKER));
    await world.pass(600_000);
    expect(world.bridge.networkReadings).toBeGreaterThan(20);
    expect(world.bridge.networkReadings).toBeLessThan(35);
  });

  it('happens when a script is loaded, which may be that of a worker, and not for each of many', async () => {
    await world.pass(60_000);
    const before = world.bridge.networkReadings;
    world.log(workerEntry(WORKER), ofWorker());
    for (let script = 0; script < 50; script++) world.bridge.loadScript();
    await world.pass(1000);
    expect(world.readOnly()).toHaveLength(1);
    expect(world.bridge.networkReadings).toBe(before + 1);
  });

  it('joins the answer to a socket that was looked at while it was connecting', async () => {
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

  it('says that a handshake is not there only after looking for it', async () => {
    await world.pass(5000);
    const socket = world.capture({ openedAt: undefined });
    expect(world.session.isHandshakeAbsent(socket)).toBe(false);
    world.session.wantHandshake(socket);
    await world.pass(1000);
    expect(world.session.isHandshakeAbsent(socket)).toBe(true);
  });

  it('does no harm where it fails', async () => {
    world.bridge.readNetworkLog = () => Promise.reject(new Error('no log'));
    const socket = world.capture();
    await world.pass(10_000);
    expect(socket.handshake).toBeUndefined();
  });
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

  it('are also those of a worker whose script has no address on a stack, as data: has none', async () => {
    world.log(dataWorkerEntry(), socketEntry({ start: START + 1, scripts: [''], origin: 'null' }));
    await world.pass(5000);
    const [socket] = world.readOnly();
    expect(socket && [socket.readOnly, documentLabel(socket.document)]).toEqual(['worker', 'worker · data:']);
  });

  it('bring the frames that the log has, and what follows', async () => {
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

  it('count what comes while the capture is paused', async () => {
    world.log(workerEntry(WORKER), ofWorker());
    await world.pass(2000);
    world.session.isPaused = true;
    world.log(workerEntry(WORKER), ofWorker({ messages: [message('receive', START + 7, 'unseen')] }));
    await world.pass(2000);
    expect(world.session.totals()).toMatchObject({ stored: 1, dropped: 1 });
  });

  it('bring no frame again after Clear', async () => {
    world.log(workerEntry(WORKER), ofWorker({ messages: [message('receive', START + 7, 'old')] }));
    await world.pass(2000);
    world.session.clear();
    await world.pass(5000);
    expect(world.rows()).toEqual([]);
  });

  it('are no sockets of a page, however late the page tells of them', async () => {
    world.log(socketEntry({ start: START + 1 }));
    await world.pass(3000);
    expect(world.listed()).toEqual([]);
    const socket = world.capture();
    await world.pass(3000);
    expect(world.listed()).toEqual([socket]);
  });

  it('give way to the socket that a page has adopted', async () => {
    world.log(socketEntry({ start: START + 1, scripts: ['https://example.test/early.js'] }));
    await world.pass(3000);
    expect(world.readOnly().map(({ readOnly }) => readOnly)).toEqual(['unreached']);
    const adopted = world.capture({ adopted: true, createdAt: START + 4000, openedAt: undefined });
    expect(world.listed()).toEqual([adopted]); // at once
    await world.pass(3000);
    expect(world.listed()).toEqual([adopted]);
  });

  it('do not bring the message with which a page begins to use them: the page tells of that', async () => {
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

  it('leave their rows to it, of what was cleared and passed over too', async () => {
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

  it('are those of all of a page without our hook', async () => {
    world.end();
    world = new NetworkWorld((bridge) => {
      bridge.open = (document, frameId) => bridge.openSilently(document, frameId);
    });
    world.log(socketEntry({ start: START + 1, scripts: ['https://example.test/app.js'] }));
    await world.pass(10_000);
    expect(world.readOnly().map(({ readOnly }) => readOnly)).toEqual(['before']);
  });

  it('of a page that was captured late are older than it, or not, as the times say', async () => {
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

  it('of a page without our hook end with it when a page with it comes', async () => {
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

  it('are closed when the page gives way to one without our hook', async () => {
    world.log(workerEntry(WORKER), ofWorker());
    await world.pass(3000);
    world.bridge.navigated('https://example.test/closed-to-extensions');
    world.log();
    await world.pass(3000);
    expect(world.readOnly().map(({ readyState, isUnfollowed }) => [readyState, isUnfollowed])).toEqual([
      [ReadyState.closed, false],
    ]);
  });

  it('end with their page', async () => {
    world.log(workerEntry(WORKER), ofWorker());
    await world.pass(3000);
    world.bridge.open('next');
    world.log();
    await world.pass(3000);
    expect(world.listed()).toEqual([]);
  });

  it('do not come back with a log that is preserved', async () => {
    world.log(workerEntry(WORKER), ofWorker());
    await world.pass(3000);
    world.bridge.open('next');
    await world.pass(10_000);
    expect(world.listed()).toEqual([]);
  });

  it('say that they are not followed any more when the log is cleared', async () => {
    world.log(workerEntry(WORKER), ofWorker());
    await world.pass(3000);
    world.log();
    await world.pass(3000);
    expect(world.readOnly().map(({ isUnfollowed }) => isUnfollowed)).toEqual([true]);
  });

  it('are not made of a log without messages, which tells nothing of their state', async () => {
    world.log(workerEntry(WORKER), ofWorker({ messages: undefined }));
    await world.pass(5000);
    expect(world.listed()).toEqual([]);
  });
});

describe('where each request is told of', () => {
  let tell: (entry: unknown) => void = () => undefined;

  beforeEach(() => {
    world.end();
    world = new NetworkWorld((bridge) => {
      tell = bridge.tellRequests();
    });
  });

  const entry = (parts: EntryParts = {}) =>
    socketEntry({ start: START + 1, scripts: [], messages: undefined, ...parts });

  it.each(['before', 'after'])('a handshake is joined that comes %s the socket', async (order) => {
    if (order === 'before') tell(entry());
    const socket = world.capture();
    await world.pass(1000);
    if (order === 'after') tell(entry());
    await world.pass(1000);
    expect(socket.handshake?.status).toBe(101);
    expect(world.bridge.networkReadings).toBe(0);
  });

  it('a refusal is known with its headers', async () => {
    const socket = world.capture({ openedAt: undefined, closedAt: START + 10 });
    tell(
      entry({
        status: 401,
        statusText: 'Unauthorized',
        responseHeaders: [{ name: 'WWW-Authenticate', value: 'Basic' }],
      }),
    );
    await world.pass(1000);
    expect(socket.handshake).toMatchObject({ status: 401, responseHeaders: [{ value: 'Basic' }] });
  });

  it('the log is read when a person looks at a socket that nothing was told of', async () => {
    const socket = world.capture();
    world.log(entry());
    await world.pass(1000);
    world.session.wantHandshake(socket);
    await world.pass(1000);
    expect(socket.handshake?.status).toBe(101);
    expect(world.bridge.networkReadings).toBe(1);
  });

  it.each([
    ['is forgotten', undefined],
    ['is told without its status', 0],
  ])('the log is read where a handshake %s', async (_, status) => {
    const socket = world.capture();
    if (status !== undefined) tell(entry({ status }));
    await world.pass(1000);
    expect(socket.handshake?.status).toBe(status);
    world.log(entry());
    await world.pass(60_000);
    expect(socket.handshake?.status).toBe(101);
    expect(world.bridge.networkReadings).toBe(1);
  });

  it('the log is read again where a person looks at a socket before it is there', async () => {
    const socket = world.capture();
    world.session.wantHandshake(socket);
    await world.pass(500);
    expect(socket.handshake).toBeUndefined();
    world.log(entry());
    await world.pass(60_000);
    expect(socket.handshake?.status).toBe(101);
    expect(world.bridge.networkReadings).toBe(2);
  });

  it('what is asked of a socket that is connecting is shown, and its answer once it is told', async () => {
    const socket = world.capture({ openedAt: undefined, readyState: ReadyState.connecting });
    world.log(entry({ status: 0, statusText: '', responseHeaders: [] }));
    world.session.wantHandshake(socket);
    await world.pass(1000);
    expect(socket.handshake).toMatchObject({ status: 0, responseHeaders: [] });
    expect(socket.handshake?.requestHeaders).not.toEqual([]);
    world.change(socket, { openedAt: START + 2000, readyState: ReadyState.open });
    tell(entry());
    await world.pass(1000);
    expect(socket.handshake?.status).toBe(101);
  });

  it('the log is not read for ever for a socket that it does not have', async () => {
    world.capture();
    await world.pass(600_000);
    expect(world.bridge.networkReadings).toBe(2);
  });

  describe('a socket that only its handshake tells of', () => {
    const elsewhere = 'wss://example.test/elsewhere';

    it('is listed once no captured socket can be expected any more', async () => {
      world.capture();
      tell(entry());
      tell(entry({ url: elsewhere }));
      await world.pass(4500);
      expect(world.readOnly()).toEqual([]);
      await world.pass(1000);
      expect(world.readOnly().map(({ record, readOnly }) => [record.url, readOnly])).toEqual([
        [elsewhere, 'handshake'],
      ]);
      expect(world.rows()).toEqual(['open']);
      expect(world.bridge.networkReadings).toBe(0);
    });

    it('is not listed while captured sockets keep coming, of which it may be one', async () => {
      tell(entry({ url: elsewhere }));
      for (let second = 0; second < 8; second++) {
        world.capture({ url: `${FEED}/${second}` });
        await world.pass(1000);
      }
      expect(world.readOnly()).toEqual([]);
      const late = world.capture({ url: elsewhere });
      await world.pass(10_000);
      expect(late.handshake?.status).toBe(101);
      expect(world.readOnly()).toEqual([]);
    });

    it('is not listed while a document is connected to, whose socket it may be; but nobody waits for one that does not answer', async () => {
      const silent = world.bridge.openSilently('frame', 7);
      silent.accept = () => undefined;
      world.bridge.announce(silent);
      tell(entry({ url: elsewhere }));
      await world.pass(19_000);
      expect(world.session.isConnecting).toBe(true);
      expect(world.readOnly()).toEqual([]);
      await world.pass(2000);
      expect(world.readOnly().map(({ record }) => record.url)).toEqual([elsewhere]);
    });

    it('is listed soon after the documents are connected to where it is of none', async () => {
      world.bridge.open('frame', 7);
      tell(entry({ url: elsewhere }));
      await vi.advanceTimersByTimeAsync(8000);
      expect(world.readOnly()).toEqual([]);
      await world.pass(0);
      expect(world.session.isConnecting).toBe(false);
      await world.pass(1000);
      expect(world.readOnly().map(({ record }) => record.url)).toEqual([elsewhere]);
    });

    it('is closed where the server refused, with an error', async () => {
      tell(entry({ url: elsewhere, status: 403, statusText: 'Forbidden' }));
      await world.pass(10_000);
      expect(world.readOnly().map(({ readyState }) => readyState)).toEqual([ReadyState.closed]);
      expect(world.rows()).toEqual(['error']);
    });

    it('gives way to the captured one that the page tells of late', async () => {
      tell(entry());
      await world.pass(10_000);
      expect(world.readOnly()).toHaveLength(1);
      const adopted = world.capture({ adopted: true, createdAt: START + 9000, openedAt: undefined });
      await world.pass(1000);
      expect(world.listed()).toEqual([adopted]);
      expect(adopted.handshake?.status).toBe(101);
      expect(world.rowsOf(adopted)).toEqual(['open']);
      expect(adopted.ledger).toMatchObject({ stored: { events: 1 }, foretold: { events: 1 } });
      expect(tallyFrames(adopted.ledger.counted())).toBe(0); // of what its page counts, none
      expect(world.session.totals()).toMatchObject({ observed: 1, stored: 1, inFlight: 0 });
    });

    it('is not listed while a page cannot tell of its sockets, as one that is busy or stands at a breakpoint', async () => {
      world.capture({ url: elsewhere });
      tell(entry());
      tell(entry({ url: elsewhere }));
      await vi.advanceTimersByTimeAsync(120_000);
      expect(world.readOnly()).toEqual([]);
      world.capture();
      await world.pass(1000);
      tell(entry({ url: `${elsewhere}/2` }));
      await world.pass(10_000);
      expect(world.readOnly().map(({ record }) => record.url)).toEqual([`${elsewhere}/2`]);
    });

    it('is listed without a status too, and where it was opened as far as servers are told', async () => {
      tell(entry({ url: elsewhere, status: 0, origin: 'https://page.test' }));
      tell(entry({ url: `${elsewhere}/2`, origin: 'null' }));
      await world.pass(6000);
      const listed = world
        .readOnly()
        .map((socket) => [documentLabel(socket.document), readyStateText(socket)]);
      expect(listed).toEqual([
        ['somewhere in page.test', 'CONNECTING when last seen'],
        ['place unknown', 'OPEN when last seen'],
      ]);
    });

    it('is not listed where its page is gone by then', async () => {
      tell(entry({ url: `${elsewhere}/of-before` }));
      await world.pass(1000);
      world.bridge.open('next');
      await world.pass(10_000);
      expect(world.listed()).toEqual([]);
    });

    it('ends with its page', async () => {
      tell(entry({ url: elsewhere }));
      await world.pass(10_000);
      world.bridge.open('next');
      await world.pass(1000);
      expect(world.listed()).toEqual([]);
    });

    it('is listed a thousand times a page and no more', async () => {
      for (let index = 0; index < 1500; index++) {
        tell(entry({ url: elsewhere }));
        if (index % 500 === 499) await world.pass(10_000);
      }
      expect(world.readOnly()).toHaveLength(1000);
    });
  });
});

it('what had opened, and what was wanted, before the log is watched is found too', async () => {
  const bridge = new FakeBridge();
  const leaving = new AbortController();
  const session = new Session(bridge, () => undefined);
  session.start(leaving.signal);
  const { identity } = bridge.open('page');
  const document = { identity, isGone: false };
  const opened = socketRecord({ id: 1, createdAt: START, openedAt: START + 10 });
  session.recorder.updateSockets(document, [opened, { ...opened, id: 2, openedAt: undefined }]);
  const [first, second] = session.recorder.sockets.all();
  if (!first || !second) throw new RangeError('no sockets');
  session.wantHandshake(second);
  expect(session.isHandshakeAbsent(second)).toBe(false);
  session.watchNetwork(NetworkWatch, leaving.signal);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(session.isHandshakeAbsent(first)).toBe(true);
  expect(session.isHandshakeAbsent(second)).toBe(true);
  leaving.abort();
});
