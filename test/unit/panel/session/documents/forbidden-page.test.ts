import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ForbiddenPage } from '../../../../../src/panel/session/documents/forbidden-page.ts';

let isSilent: boolean;
let forbids: boolean;
let questions: number;
let shown: number;
let page: ForbiddenPage;

beforeEach(() => {
  vi.useFakeTimers();
  isSilent = true;
  forbids = false;
  questions = shown = 0;
  const bridge = {
    isForbidden: async () => {
      questions++;
      return forbids;
    },
  };
  page = new ForbiddenPage(bridge, { isSilent: () => isSilent, onShown: () => shown++ });
});

afterEach(() => vi.useRealTimers());

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('a silent tab that has loaded such a page is reported once', async () => {
  forbids = true;
  page.load();
  await pass(10_000);
  expect({ isShown: page.isShown, shown, questions }).toEqual({ isShown: true, shown: 1, questions: 1 });
});

test('the browser is not asked while a document answers', async () => {
  isSilent = false;
  page.load();
  await pass(10_000);
  expect(questions).toBe(0);
});

test('a tab that stays silent is asked some times, and then left alone', async () => {
  page.load();
  await pass(10_000);
  expect(questions).toBe(6);
  expect(page.isShown).toBe(false);
});

test('an answer is ignored if the tab has another page by then', async () => {
  forbids = true;
  page.load();
  page.navigate();
  await pass(0);
  expect({ isShown: page.isShown, shown }).toEqual({ isShown: false, shown: 0 });
});

test('a document of ours ends it', async () => {
  forbids = true;
  page.load();
  await pass(0);
  page.meet(false);
  expect(page.isShown).toBe(false);
});

test('changes of documents are a reason to ask only until one of the page has announced itself', async () => {
  isSilent = false;
  page.load();
  isSilent = true;
  page.lookAgain();
  await pass(0);
  expect(questions).toBe(1);
  page.navigate();
  isSilent = false;
  page.load();
  page.meet(true);
  isSilent = true;
  page.lookAgain();
  await pass(0);
  expect(questions).toBe(1);
});
