import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NetworkWatch } from '../../../../../../src/panel/session/network/network-watch.ts';
import { Session } from '../../../../../../src/panel/session/session.ts';
import { documentLabel } from '../../../../../../src/panel/views/sockets/document-label.ts';
import { readyStateText } from '../../../../../../src/panel/words/words.ts';
import { FrameKind } from '../../../../../../src/protocol/frames.ts';
import type { HandshakeReport } from '../../../../../../src/protocol/panel-line.ts';
import { ReadyState } from '../../../../../../src/protocol/sockets.ts';
import { tallyFrames } from '../../../../../../src/store/ledger.ts';
import { FakeBridge } from '../../../../helpers/fake-bridge.ts';
import { socketRecord } from '../../../../helpers/frames.ts';
import { FEED, handshakeReport, type ReportParts } from '../entries.ts';
import { inNetworkWorld, NetworkWorld, START } from './network-world.ts';

let world: NetworkWorld;
inNetworkWorld((made) => {
  world = made;
});

describe('if the browser reports each handshake', () => {
  let tell: (report: HandshakeReport) => void = () => undefined;

  beforeEach(() => {
    world.end();
    world = new NetworkWorld((bridge) => {
      tell = bridge.reportHandshakes();
    });
  });

  afterEach(() => {
    world.end();
    // It would cost Firefox ten times the time of each frame.
    expect(world.bridge.networkReadings).toBe(0);
  });

  const report = (parts: ReportParts = {}) => handshakeReport({ sentAt: START + 1, ...parts });

  it.each(['before', 'after'])('one is matched that is reported %s the socket', async (order) => {
    if (order === 'before') tell(report());
    const socket = world.capture();
    await world.pass(1000);
    if (order === 'after') tell(report());
    await world.pass(1000);
    expect(socket.handshake).toMatchObject({
      status: 101,
      statusText: 'Switching Protocols',
      httpVersion: 'HTTP/1.1',
    });
    expect(world.session.isHandshakeAbsent(socket)).toBe(false);
  });

  it('a refusal is shown with its headers', async () => {
    const socket = world.capture({ openedAt: undefined, closedAt: START + 10 });
    tell(
      report({
        status: 401,
        statusText: 'Unauthorized',
        responseHeaders: [{ name: 'WWW-Authenticate', value: 'Basic' }],
      }),
    );
    await world.pass(1000);
    expect(socket.handshake).toMatchObject({ status: 401, responseHeaders: [{ value: 'Basic' }] });
  });

  it('counts as absent after three seconds, not before, and is shown if it comes after all', async () => {
    const socket = world.capture();
    world.session.wantHandshake(socket);
    await world.pass(1400);
    expect(world.session.isHandshakeAbsent(socket)).toBe(false);
    await world.pass(1700);
    expect(world.session.isHandshakeAbsent(socket)).toBe(true);
    tell(report());
    await world.pass(1000);
    expect(socket.handshake?.status).toBe(101);
  });

  it('of a socket that is connecting is waited for, however long the server takes', async () => {
    const socket = world.capture({ openedAt: undefined, readyState: ReadyState.connecting });
    const other = world.capture({ url: `${FEED}/other` });
    world.session.wantHandshake(socket);
    await world.pass(60_000);
    expect(world.session.isHandshakeAbsent(other)).toBe(true);
    expect(world.session.isHandshakeAbsent(socket)).toBe(false);
    world.change(socket, { openedAt: START + 60_000, readyState: ReadyState.open });
    tell(report());
    await world.pass(1000);
    expect(socket.handshake?.status).toBe(101);
  });

  it('belongs to a socket of the frame that it was sent from', async () => {
    const socket = world.capture();
    tell(report({ frameId: 7 }));
    await world.pass(1000);
    expect(socket.handshake).toBeUndefined();
    tell(report({ frameId: 0 }));
    await world.pass(1000);
    expect(socket.handshake?.status).toBe(101);
  });

  it('without its request, which nobody saw, is shown all the same', async () => {
    for (const _ of ['one', 'another']) {
      const socket = world.capture();
      tell({ ...report(), sentAt: undefined, requestHeaders: [] });
      await world.pass(1000);
      expect(socket.handshake).toMatchObject({ status: 101, requestHeaders: [] });
    }
  });

  describe('a socket known only from its handshake', () => {
    const elsewhere = 'wss://example.test/elsewhere';

    it('is listed once no captured socket can be expected', async () => {
      world.capture();
      tell(report());
      tell(report({ url: elsewhere }));
      await world.pass(4500);
      expect(world.readOnly()).toEqual([]);
      await world.pass(1000);
      expect(world.readOnly().map(({ record, readOnly }) => [record.url, readOnly])).toEqual([
        [elsewhere, 'handshake'],
      ]);
      expect(world.rows()).toEqual(['open']);
    });

    // Hundreds of frames can take half a minute.
    it.each([8, 30])(
      'is not listed, nor doubled, while captured sockets keep arriving for %i s',
      async (seconds) => {
        tell(report({ url: elsewhere }));
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
      tell(report({ url: elsewhere }));
      await world.pass(19_000);
      expect(world.session.isConnecting).toBe(true);
      expect(world.readOnly()).toEqual([]);
      await world.pass(2000);
      expect(world.readOnly().map(({ record }) => record.url)).toEqual([elsewhere]);
    });

    it('is listed soon after all documents are connected', async () => {
      world.bridge.open('frame', 7);
      tell(report({ url: elsewhere }));
      await vi.advanceTimersByTimeAsync(8000);
      expect(world.readOnly()).toEqual([]);
      await world.pass(0);
      expect(world.session.isConnecting).toBe(false);
      await world.pass(1000);
      expect(world.readOnly().map(({ record }) => record.url)).toEqual([elsewhere]);
    });

    it('is closed, with an error, if the server refused it', async () => {
      tell(report({ url: elsewhere, status: 403, statusText: 'Forbidden' }));
      await world.pass(10_000);
      expect(world.readOnly().map(({ readyState }) => readyState)).toEqual([ReadyState.closed]);
      expect(world.rows()).toEqual(['error']);
    });

    it('is replaced by the captured socket if the page reports that late', async () => {
      tell(report());
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
      tell(report());
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
      tell(report({ status: 403, statusText: 'Forbidden' }));
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
      tell(report());
      tell(report({ url: elsewhere }));
      await vi.advanceTimersByTimeAsync(120_000);
      expect(world.readOnly()).toEqual([]);
      world.capture();
      await world.pass(1000);
      tell(report({ url: `${elsewhere}/2` }));
      await world.pass(10_000);
      expect(world.readOnly().map(({ record }) => record.url)).toEqual([`${elsewhere}/2`]);
    });

    it('is listed with the origin that the server was told', async () => {
      tell(report({ url: elsewhere, frameId: 'worker', origin: 'https://page.test' }));
      tell(report({ url: `${elsewhere}/2`, origin: 'null' }));
      await world.pass(6000);
      const listed = world
        .readOnly()
        .map((socket) => [documentLabel(socket.document), readyStateText(socket)]);
      expect(listed).toEqual([
        ['somewhere in page.test', 'OPEN when last seen'],
        ['place unknown', 'OPEN when last seen'],
      ]);
    });

    it('is not listed if its page has been left by then', async () => {
      tell(report({ url: `${elsewhere}/of-before` }));
      await world.pass(1000);
      world.bridge.open('next');
      await world.pass(10_000);
      expect(world.listed()).toEqual([]);
    });

    it('is removed with its page', async () => {
      tell(report({ url: elsewhere }));
      await world.pass(10_000);
      world.bridge.open('next');
      await world.pass(1000);
      expect(world.listed()).toEqual([]);
    });

    it('is listed at most a thousand times per page', async () => {
      for (let index = 0; index < 1500; index++) {
        tell(report({ url: elsewhere }));
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
