import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NetworkWatch } from '../../../../../../src/panel/session/network/network-watch.ts';
import { Session } from '../../../../../../src/panel/session/session.ts';
import { documentLabel } from '../../../../../../src/panel/views/sockets/document-label.ts';
import { readyStateText } from '../../../../../../src/panel/words/words.ts';
import { FrameKind } from '../../../../../../src/protocol/frames.ts';
import { ReadyState } from '../../../../../../src/protocol/sockets.ts';
import { tallyFrames } from '../../../../../../src/store/ledger.ts';
import { FakeBridge } from '../../../../helpers/fake-bridge.ts';
import { socketRecord } from '../../../../helpers/frames.ts';
import { type EntryParts, FEED, socketEntry } from '../entries.ts';
import { inNetworkWorld, NetworkWorld, START } from './network-world.ts';

let world: NetworkWorld;
inNetworkWorld((made) => {
  world = made;
});

describe('if the browser reports each request', () => {
  let tell: (entry: unknown) => void = () => undefined;

  beforeEach(() => {
    world.end();
    world = new NetworkWorld((bridge) => {
      tell = bridge.tellRequests();
    });
  });

  afterEach(() => world.end());

  const entry = (parts: EntryParts = {}) =>
    socketEntry({ start: START + 1, scripts: [], messages: undefined, ...parts });

  it.each(['before', 'after'])('a handshake is matched that is reported %s the socket', async (order) => {
    if (order === 'before') tell(entry());
    const socket = world.capture();
    await world.pass(1000);
    if (order === 'after') tell(entry());
    await world.pass(1000);
    expect(socket.handshake?.status).toBe(101);
    expect(world.bridge.networkReadings).toBe(0);
  });

  it('a refusal is shown with its headers', async () => {
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

  it('the log is read when the user selects a socket without a reported handshake', async () => {
    const socket = world.capture();
    world.log(entry());
    await world.pass(1000);
    world.session.wantHandshake(socket);
    await world.pass(1000);
    expect(socket.handshake?.status).toBe(101);
    expect(world.bridge.networkReadings).toBe(1);
  });

  it.each([
    ['is not reported', undefined],
    ['is reported without its status', 0],
  ])('the log is read if a handshake %s', async (_, status) => {
    const socket = world.capture();
    if (status !== undefined) tell(entry({ status }));
    await world.pass(1000);
    expect(socket.handshake?.status).toBe(status);
    world.log(entry());
    await world.pass(60_000);
    expect(socket.handshake?.status).toBe(101);
    expect(world.bridge.networkReadings).toBe(1);
  });

  it('the log is read again if the user selects a socket before it has an entry', async () => {
    const socket = world.capture();
    world.session.wantHandshake(socket);
    await world.pass(500);
    expect(socket.handshake).toBeUndefined();
    world.log(entry());
    await world.pass(60_000);
    expect(socket.handshake?.status).toBe(101);
    expect(world.bridge.networkReadings).toBe(2);
  });

  it('the request of a connecting socket is shown, and its response once it is reported', async () => {
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

  it('the log is not read forever for a socket that it does not have', async () => {
    world.capture();
    await world.pass(600_000);
    expect(world.bridge.networkReadings).toBe(2);
  });

  describe('a socket known only from its handshake', () => {
    const elsewhere = 'wss://example.test/elsewhere';

    it('is listed once no captured socket can be expected', async () => {
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

    // Hundreds of frames can take half a minute.
    it.each([8, 30])(
      'is not listed, nor doubled, while captured sockets keep arriving for %i s',
      async (seconds) => {
        tell(entry({ url: elsewhere }));
        for (let second = 0; second < seconds; second++) {
          world.capture({ url: `${FEED}/${second}` });
          await world.pass(1000);
        }
        expect(world.readOnly()).toEqual([]);
        const late = world.capture({ url: elsewhere });
        await world.pass(10_000);
        expect(late.handshake?.status).toBe(101);
        expect(world.readOnly()).toEqual([]);
        expect(world.rows()).toEqual([]);
      },
    );

    it('is not listed while the panel is connecting to a document, unless that does not answer', async () => {
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

    it('is listed soon after all documents are connected', async () => {
      world.bridge.open('frame', 7);
      tell(entry({ url: elsewhere }));
      await vi.advanceTimersByTimeAsync(8000);
      expect(world.readOnly()).toEqual([]);
      await world.pass(0);
      expect(world.session.isConnecting).toBe(false);
      await world.pass(1000);
      expect(world.readOnly().map(({ record }) => record.url)).toEqual([elsewhere]);
    });

    it('is closed, with an error, if the server refused it', async () => {
      tell(entry({ url: elsewhere, status: 403, statusText: 'Forbidden' }));
      await world.pass(10_000);
      expect(world.readOnly().map(({ readyState }) => readyState)).toEqual([ReadyState.closed]);
      expect(world.rows()).toEqual(['error']);
    });

    it('is replaced by the captured socket if the page reports that late', async () => {
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

    it('has opened once, however late its page tells of it, with all that came before and after', async () => {
      const other = world.capture({ url: elsewhere });
      tell(entry());
      await world.pass(10_000);
      expect(world.rows()).toEqual(['open']);
      const captured = world.capture();
      expect(world.listed()).toEqual([other, captured]);
      world.say(
        { of: other, payload: 'before' },
        { of: other, payload: 'größer als ein Byte: ∞' },
        { of: captured, kind: FrameKind.open },
        { of: captured, payload: 'hello' },
        { of: other, payload: Uint8Array.of(1, 2) },
      );
      world.say({ of: captured, payload: 'later' });
      expect(world.rowsOf(captured)).toEqual(['open', 'hello', 'later']);
      expect(world.rowsOf(other)).toEqual(['before', 'größer als ein Byte: ∞', Uint8Array.of(1, 2)]);
      for (const { ledger } of [captured, other]) {
        expect([ledger.observed(), tallyFrames(ledger.stored), ledger.inFlight()]).toEqual([3, 3, 0]);
      }
      expect(world.session.totals()).toMatchObject({ observed: 6, stored: 6, dropped: 0, inFlight: 0 });
      expect(tallyFrames(captured.ledger.foretold)).toBe(0);
    });

    it('has failed once, however late its page tells of it', async () => {
      tell(entry({ status: 403, statusText: 'Forbidden' }));
      await world.pass(10_000);
      const captured = world.capture({
        openedAt: undefined,
        closedAt: START + 10,
        readyState: ReadyState.closed,
      });
      world.say({ of: captured, kind: FrameKind.error }, { of: captured, kind: FrameKind.close });
      expect(world.listed()).toEqual([captured]);
      expect(world.rowsOf(captured)).toEqual(['error', 'close']);
      expect(world.session.totals()).toMatchObject({ observed: 2, stored: 2, dropped: 0, inFlight: 0 });
    });

    it('is not listed while the page cannot report its sockets (busy or at a breakpoint)', async () => {
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

    it('is listed even without a status, with the origin that the server was told', async () => {
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

    it('is not listed if its page has been left by then', async () => {
      tell(entry({ url: `${elsewhere}/of-before` }));
      await world.pass(1000);
      world.bridge.open('next');
      await world.pass(10_000);
      expect(world.listed()).toEqual([]);
    });

    it('is removed with its page', async () => {
      tell(entry({ url: elsewhere }));
      await world.pass(10_000);
      world.bridge.open('next');
      await world.pass(1000);
      expect(world.listed()).toEqual([]);
    });

    it('is listed at most a thousand times per page', async () => {
      for (let index = 0; index < 1500; index++) {
        tell(entry({ url: elsewhere }));
        if (index % 500 === 499) await world.pass(10_000);
      }
      expect(world.readOnly()).toHaveLength(1000);
    });
  });
});

it('sockets opened or selected before the log is watched get their handshakes too', async () => {
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
