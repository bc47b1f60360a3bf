import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PicturePace } from '../../../../src/panel/model/picture-pace.ts';

let pace: PicturePace;
/** What is to be drawn with the next picture of the browser. */
let due: (() => void)[];
let rows: number;
let pictures: number;
/** ms that the browser takes for a picture */
let cost: number;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  due = [];
  rows = 0;
  pictures = 0;
  cost = 8;
  pace = new PicturePace({
    schedule: (paint) => due.push(paint),
    rows: () => rows,
    paint: () => pictures++,
    afterwards: (callback) => {
      vi.advanceTimersByTime(cost);
      callback();
    },
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

test('only one picture is drawn, however often it is requested', () => {
  pace.ask();
  pace.ask();
  pace.ask(true);
  draw();
  expect(pictures).toBe(1);
  pace.ask();
  draw();
  expect(pictures).toBe(2);
});

test('after one with more new rows than can be read, the next is delayed', () => {
  drawFlood();
  for (let ms = 0; ms < 290; ms += 10) {
    pace.ask();
    vi.advanceTimersByTime(10);
  }
  expect(due).toHaveLength(0);
  vi.advanceTimersByTime(20);
  expect(due).toHaveLength(1);
});

test('it is no longer delayed if nothing has arrived for a while', () => {
  drawFlood();
  pace.ask();
  vi.advanceTimersByTime(140);
  expect(due).toHaveLength(0);
  vi.advanceTimersByTime(20);
  expect(due).toHaveLength(1);
});

test('in a flood that lasts, pictures are rarer, and a short silence is no end of it', () => {
  for (let ms = 0; ms < 1000; ms += 250) {
    drawFlood();
    vi.advanceTimersByTime(234);
  }
  drawFlood();
  // What changed was no row.
  pace.ask(true);
  draw();
  rows += 2000;
  pace.ask();
  vi.advanceTimersByTime(390);
  expect(due).toHaveLength(0);
  vi.advanceTimersByTime(20);
  expect(due).toHaveLength(1);
  draw();
  const from = performance.now();
  while (due.length === 0) {
    rows += 100;
    pace.ask();
    vi.advanceTimersByTime(10);
  }
  expect(Math.round((performance.now() - from) / 100)).toBe(5);
});

test('after a flood the next one begins anew', () => {
  for (let ms = 0; ms < 1000; ms += 250) {
    drawFlood();
    vi.advanceTimersByTime(234);
  }
  vi.advanceTimersByTime(1100);
  drawFlood();
  pace.ask();
  vi.advanceTimersByTime(160);
  expect(due).toHaveLength(1);
});

test('one that would show more new rows than can be read is delayed, but not the first rows', () => {
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

test('one that the user waits for is drawn at once, in place of the delayed one', () => {
  drawFlood();
  pace.ask();
  pace.ask(true);
  draw();
  expect(pictures).toBe(2);
  vi.advanceTimersByTime(1000);
  expect(due).toHaveLength(0);
});

test('nothing is delayed once there is less that is new', () => {
  drawFlood();
  pace.ask();
  rows += 10;
  vi.advanceTimersByTime(310);
  draw();
  pace.ask();
  expect(due).toHaveLength(1);
});

test.each([
  { what: 'is put off too', isUrgent: false, drawn: 1 },
  { what: 'is not if a person waits for it', isUrgent: true, drawn: 2 },
])('one that is due when a flood begins $what', ({ isUrgent, drawn }) => {
  rows = 1;
  pace.ask();
  draw();
  vi.advanceTimersByTime(20);
  rows += 10;
  pace.ask();
  if (isUrgent) pace.ask(true);
  rows += 1000;
  draw();
  expect(pictures).toBe(drawn);
  vi.advanceTimersByTime(160);
  draw();
  expect(pictures).toBe(2);
});

test('the longer one takes, the longer the next is delayed, up to a second', () => {
  const waits = [2, 30, 500].map((ms) => {
    cost = ms;
    drawFlood();
    const from = performance.now();
    while (due.length === 0) {
      pace.ask();
      vi.advanceTimersByTime(10);
    }
    draw();
    return performance.now() - from;
  });
  expect(waits.map((wait) => Math.round(wait / 100))).toEqual([3, 6, 10]);
});
