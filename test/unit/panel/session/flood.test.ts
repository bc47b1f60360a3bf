import { describe, expect, test, vi } from 'vitest';
import { FrameFlag, FrameKind } from '../../../../src/protocol/frames.ts';
import { batchOf, socketRecord } from '../../helpers/frames.ts';
import { inSessionWorld, type SessionWorld } from './session-world.ts';

let world: SessionWorld;
inSessionWorld((made) => {
  world = made;
});

const MESSAGES = 100_000;

/** Numbers from 0 to below `end`, the same in each run. */
function randomNumbers(seed: number): (end: number) => number {
  let state = seed;
  return (end) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
}

const GONE = { sent: 1, sentBytes: 2, received: 3, receivedBytes: 4, events: 5 };
const FRAMES = [
  { payload: 'text' },
  { payload: 'wide €' },
  { payload: Uint8Array.of(1, 2) },
  { kind: FrameKind.receivedBinary, flags: FrameFlag.pending, size: 10 },
  { kind: FrameKind.close, detail: { close: { code: 1000, reason: '', wasClean: true } } },
];

/** One of each message, which a page that has our port could send. */
const SAMPLES: readonly object[] = [
  { type: 'hello', session: 'x', version: 1 },
  {
    type: 'batch',
    credit: { messages: 1, bytes: 1 },
    sockets: [socketRecord({ id: 1 }), socketRecord({ id: 2, url: 'wss://x' })],
    counts: [{ socket: 1, observed: 9, gone: GONE }],
    frames: batchOf(FRAMES, 1),
    observed: 5,
  },
  {
    type: 'content',
    credit: { messages: 2, bytes: 2 },
    seq: 4,
    offset: 0,
    total: 10,
    part: new Uint8Array(5),
  },
  { type: 'result', id: 1, refusal: { reason: 'browser', message: 'x' } },
  { type: 'undeliverable', message: 'x', credit: { messages: 3, bytes: 3 } },
];

const JUNK: readonly unknown[] = [
  undefined,
  null,
  Number.NaN,
  -1,
  1.5,
  0,
  7,
  2 ** 31,
  2 ** 53,
  Number.POSITIVE_INFINITY,
  '',
  'batch',
  '__proto__',
  '\ud800',
  true,
  [],
  [[]],
  {},
  { __proto__: null },
  new Uint8Array(3),
  new Uint32Array(3),
  new Float64Array([Number.NaN]),
  new Date(0),
  new Map(),
];

/** The message with some of its parts replaced by others. */
function spoilt(value: unknown, random: (end: number) => number): unknown {
  if (random(7) === 0) return JUNK[random(JUNK.length)];
  if (Array.isArray(value)) return value.map((item) => spoilt(item, random));
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, spoilt(part, random)]));
}

describe('a page that has our port and sends 100,000 forged messages', () => {
  test.each([1, 2])('breaks nothing, and no extension API is called (seed %i)', (seed) => {
    const random = randomNumbers(seed);
    const document = world.bridge.open('liar');
    const honest = world.bridge.open('honest', 3);
    const { tap } = honest.page.watchedSocket();
    world.deliver();
    const asked = [...world.bridge.asked];
    for (let index = 0; index < MESSAGES / 2; index++) {
      document.say(spoilt(SAMPLES[random(SAMPLES.length)], random));
      if (index % 1000 === 0) world.bridge.network.run();
    }
    honest.page.recordText(tap, 'still here');
    world.deliver();
    expect(world.bridge.asked).toEqual(asked);
    expect(world.rows().at(-1)).toBe('still here');
    const ledger = world.session.recorder.sockets.all().find(({ document: { identity } }) => {
      return identity.document === 'honest';
    })?.ledger;
    expect(ledger?.observed()).toBe(1);
    world.expectTrueLedger();
  });
});

test('a clock that jumps loses nothing and changes no order', async () => {
  const document = world.bridge.open('a');
  const { socket, tap } = document.page.watchedSocket();
  socket.serverOpens();
  world.deliver();
  for (const jump of [-86_400_000, 86_400_000, 3600, -1]) {
    vi.setSystemTime(Date.now() + jump);
    document.page.recordTexts(tap, 3, (index) => `${jump}: ${index}`);
    world.deliver();
    document.cut();
    document.page.recordText(tap, `${jump}: meanwhile`);
    await world.pass(100);
  }
  const texts = [-86_400_000, 86_400_000, 3600, -1].flatMap((jump) =>
    [0, 1, 2, 'meanwhile'].map((name) => `${jump}: ${name}`),
  );
  expect(world.rows()).toEqual(['open', ...texts]);
  world.expectWholeLedger(document.page);
});

test('a panel that handles one message a second for a minute has all frames in the end', async () => {
  const document = world.bridge.open('a');
  const { socket, tap } = document.page.watchedSocket();
  socket.serverOpens();
  world.deliver();
  for (let second = 0; second < 60; second++) {
    document.page.recordTexts(tap, 3000, (index) => `${second}: ${index}`);
    world.bridge.network.run(1);
    if (second % 10 === 0) world.expectTrueLedger();
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(world.session.totals().stored).toBeLessThan(170_000);
  await world.pass(1000);
  expect(world.session.totals()).toMatchObject({ stored: 180_001, dropped: 0, inFlight: 0 });
  expect(world.rows().at(-1)).toBe('59: 2999');
  world.expectWholeLedger(document.page);
});
