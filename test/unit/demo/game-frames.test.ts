import { encode } from '@msgpack/msgpack';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeGameFrame, encodeGameFrame, type GameFrame } from '../../../demo/shared/game-frames.ts';

const u8 = fc.integer({ min: 0, max: 255 });
const u16 = fc.integer({ min: 0, max: 65_535 });
const u32 = fc.integer({ min: 0, max: 4_294_967_295 });
const stick = fc.integer({ min: -127, max: 127 });
const frames: fc.Arbitrary<GameFrame> = fc.oneof(
  fc.record({ type: fc.constant('welcome' as const), player: u8, width: u16, height: u16 }),
  fc.record({ type: fc.constant('input' as const), sequence: u32, right: stick, down: stick }),
  fc.record({
    type: fc.constant('state' as const),
    tick: u32,
    players: fc.array(fc.record({ id: u8, x: u16, y: u16, score: u16 }), { maxLength: 255 }),
    coins: fc.array(fc.record({ x: u16, y: u16 }), { maxLength: 255 }),
  }),
);

test('every frame reads back as it was written', () => {
  fc.assert(
    fc.property(frames, (frame) => {
      expect(decodeGameFrame(encodeGameFrame(frame))).toEqual(frame);
    }),
  );
});

test('bytes that are not one whole frame read as nothing, and never throw', () => {
  const cut = fc.tuple(frames, fc.nat()).map(([frame, at]) => {
    const bytes = encodeGameFrame(frame);
    return bytes.subarray(0, at % bytes.length);
  });
  fc.assert(fc.property(cut, (bytes) => decodeGameFrame(bytes) === undefined));
  fc.assert(fc.property(fc.uint8Array(), (bytes) => void decodeGameFrame(bytes)));
});

test('a frame of something else reads as nothing', () => {
  const strange = [
    { type: 'state', tick: 1, players: [{ id: 1 }], coins: [] },
    { type: 'input', sequence: 1, right: 1e9, down: 0 },
    { type: 'input', sequence: -1, right: 1, down: 0 },
    { type: 'other' },
    ['input', 1, 0, 0],
    null,
  ];
  for (const value of strange) expect(decodeGameFrame(encode(value))).toBeUndefined();
});
