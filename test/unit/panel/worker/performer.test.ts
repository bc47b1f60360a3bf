import { expect, test } from 'vitest';
import type { WorkerReport } from '../../../../src/panel/worker/messages.ts';
import { Performer } from '../../../../src/panel/worker/performer.ts';

const TASK = {
  type: 'patterns',
  patterns: [
    { source: '^a', flags: '' },
    { source: '\\x80', flags: '' },
  ],
  contents: {
    text: 'abca',
    bytes: Uint8Array.of(0x80, 0x61),
    lengths: Uint32Array.of(2, 1, 1, 1, 1),
    areBytes: Uint8Array.of(0, 1, 0, 1, 0),
    spoken: new Uint8Array(5),
  },
} as const;

function steps(reports: readonly WorkerReport[]): number[] {
  return reports.flatMap((report) => (report.type === 'step' ? report.step : []));
}

test('regular expressions are run over texts and both readings of bytes', () => {
  const answer = new Performer(() => undefined).take({ type: 'task', task: TASK, tellsAll: false });
  expect([...(answer?.found ?? [])]).toEqual([1, 0, 0, 1, 0, 0, 1, 0, 1, 0]);
});

test('each step is told of before it is begun, if that is asked for', () => {
  const reports: WorkerReport[] = [];
  new Performer((report) => reports.push(report)).take({ type: 'task', task: TASK, tellsAll: true });
  expect(steps(reports)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('else one now and then', () => {
  const reports: WorkerReport[] = [];
  let now = 0;
  const performer = new Performer(
    (report) => reports.push(report),
    () => {
      now += 10;
      return now;
    },
  );
  performer.take({ type: 'task', task: TASK, tellsAll: false });
  expect(steps(reports).length).toBeGreaterThan(0);
  expect(steps(reports).length).toBeLessThan(10);
});

test('a text may come in parts, which belong to one task alone', () => {
  const performer = new Performer(() => undefined);
  const found = (text: string) => [
    ...(performer.take({
      type: 'task',
      task: { ...TASK, contents: { ...TASK.contents, text } },
      tellsAll: false,
    })?.found ?? []),
  ];
  const whole = found('abca');
  expect(performer.take({ type: 'text', text: 'ab' })).toBeUndefined();
  expect(found('ca')).toEqual(whole);
  expect(found('abca')).toEqual(whole);
});

test('places of matches are told where they are wanted', () => {
  const contents = {
    text: 'abacb',
    bytes: new Uint8Array(),
    lengths: Uint32Array.of(3, 2),
    areBytes: new Uint8Array(2),
    spoken: new Uint8Array(2),
  };
  const task = {
    type: 'patterns',
    patterns: [{ source: 'A|b+|x*', flags: 'i' }],
    contents,
    wantsPlaces: true,
  } as const;
  const answer = new Performer(() => undefined).take({ type: 'task', task, tellsAll: false });
  expect([...(answer?.places ?? [])]).toEqual([0, 0, 1, 0, 1, 2, 0, 2, 3, 1, 1, 2]);
});
