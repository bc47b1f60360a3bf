import { describe, expect, test } from 'vitest';
import { FrameKind } from '../../../src/protocol/frames.ts';
import {
  addTally,
  countFrame,
  emptyTally,
  type MutableTally,
  SocketLedger,
  subtractTally,
  tallyBytes,
  tallyFrames,
} from '../../../src/store/ledger.ts';

function tally(parts: Partial<MutableTally>): MutableTally {
  return { ...emptyTally(), ...parts };
}

describe('a tally', () => {
  test.each([
    { kind: FrameKind.sentText, counted: { sent: 1, sentBytes: 7 } },
    { kind: FrameKind.sentBinary, counted: { sent: 1, sentBytes: 7 } },
    { kind: FrameKind.receivedText, counted: { received: 1, receivedBytes: 7 } },
    { kind: FrameKind.receivedBinary, counted: { received: 1, receivedBytes: 7 } },
    { kind: FrameKind.open, counted: { events: 1 } },
    { kind: FrameKind.error, counted: { events: 1 } },
    { kind: FrameKind.close, counted: { events: 1 } },
    { kind: FrameKind.gap, counted: {} },
  ])('counts kind $kind, and takes it back', ({ kind, counted }) => {
    const sum = emptyTally();
    countFrame(sum, kind, 7);
    expect(sum).toEqual(tally(counted));
    countFrame(sum, kind, 7, -1);
    expect(sum).toEqual(emptyTally());
  });

  test('sums frames and bytes of both directions', () => {
    const sum = tally({ sent: 1, sentBytes: 10, received: 2, receivedBytes: 20, events: 3 });
    expect([tallyFrames(sum), tallyBytes(sum)]).toEqual([6, 30]);
  });

  test('adds and subtracts each figure', () => {
    const whole = tally({ sent: 5, sentBytes: 50, received: 6, receivedBytes: 60, events: 7 });
    const part = tally({ sent: 1, sentBytes: 10, received: 2, receivedBytes: 20, events: 3 });
    const rest = subtractTally(whole, part);
    expect(rest).toEqual(tally({ sent: 4, sentBytes: 40, received: 4, receivedBytes: 40, events: 4 }));
    addTally(rest, part);
    expect(rest).toEqual(whole);
  });

  test('is never negative, whatever a page claims', () => {
    expect(subtractTally(tally({ sent: -5, received: 1 }), tally({ received: 9, events: 1 }))).toEqual(
      emptyTally(),
    );
  });
});

describe('the ledger of a socket', () => {
  test('accounts for stored frames and for dropped ones by reason', () => {
    const ledger = new SocketLedger();
    countFrame(ledger.stored, FrameKind.sentText, 3);
    ledger.drop('paused', tally({ received: 2, receivedBytes: 8 }));
    ledger.drop('memory', tally({ sent: 1, sentBytes: 1 }));
    ledger.drop('paused', tally({ events: 1 }));
    expect(ledger.accounted()).toEqual(
      tally({ sent: 2, sentBytes: 4, received: 2, receivedBytes: 8, events: 1 }),
    );
    expect(ledger.droppedFrames()).toBe(4);
    expect([...ledger.dropped.keys()]).toEqual(['paused', 'memory']);
    expect(ledger.dropped.get('paused')).toEqual(tally({ received: 2, receivedBytes: 8, events: 1 }));
  });

  test('keeps its own copy of the figures', () => {
    const ledger = new SocketLedger();
    const given = tally({ sent: 1 });
    ledger.drop('paused', given);
    given.sent = 99;
    Object.assign(ledger.accounted(), { events: 99 });
    expect(ledger.accounted()).toEqual(tally({ sent: 1 }));
  });
});
