import { beforeEach, describe, expect, test } from 'vitest';
import { parseJson } from '../../../../src/decoders/json/document.ts';
import { closeCodeMeaning, describeClose, describeEvent } from '../../../../src/panel/words/events.ts';
import { jsonErrorText } from '../../../../src/panel/words/json-errors.ts';
import { summary } from '../../../../src/panel/words/rows.ts';
import {
  directionName,
  gapReason,
  readyStateName,
  refusalText,
  typeName,
} from '../../../../src/panel/words/words.ts';
import { FrameFlag, FrameKind } from '../../../../src/protocol/frames.ts';
import { FrameStore } from '../../../../src/store/frame-store.ts';
import { batchOf, type PlainFrame } from '../../helpers/frames.ts';
import { speakEnglish } from '../../helpers/language.ts';
import { PanelWorld } from '../../helpers/panel-world.ts';

beforeEach(speakEnglish);

function summaryOf(frame: PlainFrame): string {
  const store = new FrameStore();
  store.append(batchOf([frame]), 0, (id) => id);
  return summary(store, 0, undefined);
}

test('ready states have the names of the standard', () => {
  expect([0, 1, 2, 3].map(readyStateName)).toEqual(['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED']);
});

test('every kind of row has a direction or an event’s name', () => {
  expect(Object.values(FrameKind).map(directionName)).toEqual([
    'sent',
    'sent',
    'received',
    'received',
    'open',
    'error',
    'close',
    'gap',
    'not seen',
    'not seen',
  ]);
  expect(Object.values(FrameKind).map(typeName)).toEqual([
    'text',
    'binary',
    'text',
    'binary',
    'open',
    'error',
    'close',
    'gap',
    'not seen',
    'not seen',
  ]);
});

describe('the line of a row', () => {
  test.each([
    { what: 'text', frame: { payload: 'a\n  b' }, line: 'a␊b' },
    { what: 'long text', frame: { payload: 'x'.repeat(1000) }, line: `${'x'.repeat(240)}…` },
    { what: 'bytes', frame: { payload: Uint8Array.of(72, 105) }, line: '48 69  Hi' },
    {
      what: 'a Blob on its way',
      frame: { kind: FrameKind.receivedBinary, flags: FrameFlag.pending, size: 1500 },
      line: 'Payload of 1.5 kB, on its way…',
    },
    {
      what: 'a payload that is gone',
      frame: { kind: FrameKind.receivedText, flags: FrameFlag.payloadGone, size: 2e7 },
      line: 'Payload of 20.0 MB not available: dropped to save memory, or unreadable',
    },
    {
      what: 'a payload that was too large',
      frame: { kind: FrameKind.sentBinary, flags: FrameFlag.payloadGone, size: 3e8 },
      line: 'Payload of 300 MB not captured: over 268 MB',
    },
    {
      what: 'a text of which some hundred million characters may have been within the limit, which is one of characters',
      frame: { kind: FrameKind.sentText, flags: FrameFlag.payloadGone, size: 3e8 },
      line: 'Payload of 300 MB not available: dropped to save memory, or unreadable',
    },
    {
      what: 'a text that was too large',
      frame: { kind: FrameKind.sentText, flags: FrameFlag.payloadGone, size: 9e8 },
      line: 'Payload of 900 MB not captured: over 268 MB',
    },
    { what: 'an open', frame: { kind: FrameKind.open }, line: 'connected' },
    {
      what: 'an error',
      frame: { kind: FrameKind.error },
      line: 'The connection failed or was closed because of an error',
    },
    {
      what: 'a close',
      frame: { kind: FrameKind.close, detail: { close: { code: 1001, reason: 'bye', wasClean: true } } },
      line: '1001 Going Away · “bye” · clean',
    },
  ])('of $what', ({ frame, line }) => {
    expect(summaryOf(frame)).toBe(line);
  });

  test('never holds what could change the order of the line', () => {
    expect(summaryOf({ payload: 'a\u202eb' })).toBe('a⟨U+202E⟩b');
  });

  test('of an open says what was agreed', () => {
    const world = new PanelWorld();
    const socket = world.addSocket({ protocol: 'mqtt', extensions: 'permessage-deflate' });
    world.addFrames({ kind: FrameKind.open });
    expect(describeEvent(world.model.store, 0, socket)).toBe('connected · mqtt · permessage-deflate');
  });

  test('of a gap says how many frames, how much and why', () => {
    const store = new FrameStore();
    store.appendGap(1, 0, { frames: 1200, bytes: 3400, reason: 'over-credit' });
    expect(summary(store, 0, undefined)).toBe(
      '1,200 frames (3.4 kB) are missing: there were more than the panel could keep up with',
    );
  });
});

describe('a close', () => {
  test('of an unknown code is said as a number', () => {
    expect(describeClose({ code: 4321, reason: '', wasClean: false })).toBe('4321 · not clean');
  });

  test('means something in a sentence, whatever the code', () => {
    for (const code of [1000, 1006, 1015, 2500, 3000, 3500, 4999, 0, 70_000]) {
      expect(closeCodeMeaning(code)).toMatch(/\.$/);
    }
  });
});

test('every reason of a gap and every refusal has words', () => {
  const reasons = ['before-panel', 'over-credit', 'disconnected', 'paused', 'memory', 'unexplained'] as const;
  expect(new Set(reasons.map(gapReason)).size).toBe(reasons.length);
  expect(refusalText({ reason: 'not-open', readyState: 2 })).toContain('CLOSING');
  expect(refusalText({ reason: 'browser', message: 'no memory' })).toContain('no memory');
  expect(refusalText({ reason: 'no-such-socket' })).not.toBe('');
  expect(refusalText({ reason: 'no-connection' })).not.toBe('');
  expect(refusalText({ reason: 'unanswered' })).not.toBe('');
});

test.each([
  ['{"a":1,}', 'line 1, column 8: found “}”, expected a key'],
  ['[1', 'line 1, column 3: found the end, expected “,” or “]”'],
  ['{"a":\n tru}', 'line 2, column 2: found “tru”, expected a value'],
])('what is wrong with %j', (text, words) => {
  const { error } = parseJson(text);
  expect(error && jsonErrorText(error)).toBe(words);
});
