import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SECONDS, SocketRates } from '../../../../../src/panel/model/sockets/socket-rates.ts';
import type { PanelSocket } from '../../../../../src/panel/session/recording/sockets.ts';
import { PanelWorld } from '../../../helpers/panel-world.ts';

let socket: PanelSocket;
let rates: SocketRates;
const onSecond = vi.fn();

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000_500 });
  onSecond.mockClear();
  socket = new PanelWorld().addSocket();
  rates = new SocketRates(() => [socket], onSecond);
  rates.look();
});
afterEach(() => {
  vi.useRealTimers();
});

function receive(frames: number): void {
  socket.ledger.stored.received += frames;
  socket.ledger.stored.receivedBytes += frames * 10;
  rates.look();
}

describe('the rates of sockets', () => {
  test('are frames a second of the last seconds, and curves have a point for each', () => {
    expect(rates.rate(socket)).toBe(0);
    expect(rates.curve(socket)).toBeUndefined();
    for (const frames of [6, 3]) {
      receive(frames);
      vi.advanceTimersByTime(1000);
    }
    expect(rates.curve(socket)?.slice(-3)).toEqual([0, 6, 3]);
    expect(rates.rate(socket)).toBe(3);
    expect(rates.bytes(socket)).toBe(90);
  });

  test('do not count what was there before', () => {
    const late = new PanelWorld().addSocket();
    late.ledger.stored.received = 5000;
    rates = new SocketRates(() => [late], onSecond);
    rates.look();
    expect(rates.rate(late)).toBe(0);
    expect(rates.curve(late)).toBeUndefined();
  });

  test('fall by themselves, and then nothing is done any more', () => {
    receive(6);
    vi.advanceTimersByTime(1000);
    expect(rates.rate(socket)).toBe(2);
    vi.advanceTimersByTime(SECONDS * 1000 + 2000);
    expect(rates.rate(socket)).toBe(0);
    expect(rates.curve(socket)).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
    const { calls } = onSecond.mock;
    expect(calls.length).toBeGreaterThanOrEqual(SECONDS);
    const before = calls.length;
    rates.look(); // the picture that has been asked for last
    vi.advanceTimersByTime(60_000);
    expect(calls.length).toBe(before);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('after a pause have nothing of the time before', () => {
    receive(6);
    vi.advanceTimersByTime(100_000);
    receive(4);
    vi.advanceTimersByTime(1000);
    expect(rates.curve(socket)?.filter((count) => count > 0)).toEqual([4]);
  });
});
