import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PicturePace } from '../../../../src/panel/model/picture-pace.ts';

let pace: PicturePace;
/** What is to be drawn with the next picture of the browser. */
let due: (() => void)[];
let rows: number;
let pictures: number;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  due = [];
  rows = 0;
  pictures = 0;
  pace = new PicturePace({
    schedule: (paint) => due.push(paint),
    rows: () => rows,
    paint: () => pictures++,
  });
});

afterEach(() => {
  vi.useRealTimers();
});

function draw(): void {
  for (const paint of due.splice(0)) paint();
}

/** Draws a picture in which more is new than anybody can read. */
function drawFlood(): void {
  rows += 1000;
  pace.ask(true);
  vi.advanceTimersByTime(16);
  draw();
}

test('however often it is asked for, there is one picture', () => {
  pace.ask();
  pace.ask();
  pace.ask(true);
  draw();
  expect(pictures).toBe(1);
  pace.ask();
  draw();
  expect(pictures).toBe(2);
});

test('after one with more new rows than can be read, the next one is put off', () => {
  drawFlood();
  for (let ms = 0; ms < 290; ms += 10) {
    pace.ask();
    vi.advanceTimersByTime(10);
  }
  expect(due).toHaveLength(0);
  vi.advanceTimersByTime(20);
  expect(due).toHaveLength(1);
});

test('it is put off no longer when nothing more has come for a while', () => {
  drawFlood();
  pace.ask();
  vi.advanceTimersByTime(140);
  expect(due).toHaveLength(0);
  vi.advanceTimersByTime(20);
  expect(due).toHaveLength(1);
});

test('one that would show more new rows than can be read is put off, but the first rows are not', () => {
  rows = 1000;
  pace.ask();
  draw();
  expect(pictures).toBe(1);
  vi.advanceTimersByTime(5000);
  rows += 1;
  pace.ask();
  draw();
  expect(pictures).toBe(2);
  vi.advanceTimersByTime(16);
  rows += 1000;
  pace.ask();
  expect(due).toHaveLength(0);
  vi.advanceTimersByTime(160);
  expect(due).toHaveLength(1);
});

test('one that a person waits for comes at once, and in place of the one put off', () => {
  drawFlood();
  pace.ask();
  pace.ask(true);
  draw();
  expect(pictures).toBe(2);
  vi.advanceTimersByTime(1000);
  expect(due).toHaveLength(0);
});

test('when less is new again, nothing is put off', () => {
  drawFlood();
  pace.ask();
  rows += 10;
  vi.advanceTimersByTime(310);
  draw();
  pace.ask();
  expect(due).toHaveLength(1);
});
