// @vitest-environment happy-dom
import { beforeEach, describe, expect, test } from 'vitest';
import { History } from '../../../../../src/panel/model/composer/history.ts';
import { keepDraft, keptDrafts } from '../../../../../src/panel/model/composer/kept-drafts.ts';

const DAY = 24 * 60 * 60_000;

beforeEach(() => localStorage.clear());

describe('drafts', () => {
  test('outlive the panel for two weeks', () => {
    keepDraft('a', { text: 'x', format: 'json' }, 0);
    expect([...keptDrafts(13 * DAY)]).toEqual([['a', { text: 'x', format: 'json' }]]);
    expect(keptDrafts(15 * DAY).size).toBe(0);
    keepDraft('a', undefined, 0);
    expect(keptDrafts(0).size).toBe(0);
  });

  test('are bounded in number and size', () => {
    for (let number = 0; number < 60; number++) keepDraft(`${number}`, { text: 'x', format: 'text' }, number);
    expect(keptDrafts(60).size).toBe(50);
    keepDraft('long', { text: 'x'.repeat(100_001), format: 'text' }, 60);
    expect(keptDrafts(60).has('long')).toBe(false);
    for (let number = 0; number < 12; number++)
      keepDraft(`big ${number}`, { text: 'x'.repeat(100_000), format: 'text' }, 60);
    expect([...keptDrafts(60).keys()].filter((owner) => owner.startsWith('big'))).toHaveLength(10);
  });

  test('that make no sense in storage are passed over', () => {
    localStorage.setItem(
      'drafts',
      JSON.stringify([1, null, { owner: 'a' }, { owner: 'b', text: 'x', at: 1, format: 'no' }]),
    );
    expect(keptDrafts(0).size).toBe(0);
  });
});

describe('the history', () => {
  const FEED = 'wss://example.test/feed?token=secret';

  test('has the newest first, each once, by origin and without addresses', () => {
    const history = new History();
    history.keep(0);
    for (const text of ['a', 'b', 'a', '']) history.add({ text, format: 'text' }, FEED, 1);
    history.add({ text: 'elsewhere', format: 'text' }, 'wss://other.test/', 1);
    expect(history.of('wss://example.test/other').map(({ text }) => text)).toEqual(['a', 'b']);
    expect(localStorage.getItem('sent-messages')).not.toContain('secret');
  });

  test('outlives the panel for thirty days, and another panel’s messages stay', () => {
    const [one, other] = [new History(), new History()];
    one.keep(0);
    other.keep(0);
    one.add({ text: 'one', format: 'text' }, FEED, 0);
    other.add({ text: 'other', format: 'hex' }, FEED, 1);
    const later = new History();
    later.keep(29 * DAY);
    expect(later.of(FEED).map(({ text }) => text)).toEqual(['other', 'one']);
    later.forget(FEED);
    expect(later.of(FEED)).toEqual([]);
    const muchLater = new History();
    muchLater.keep(31 * DAY);
    expect(muchLater.messages.value).toEqual([]);
  });

  test('writes nothing down before it may', () => {
    const history = new History();
    history.add({ text: 'x', format: 'text' }, FEED, 0);
    expect(history.of(FEED)).toHaveLength(1);
    expect(localStorage.length).toBe(0);
  });

  test('is bounded', () => {
    const history = new History();
    for (let number = 0; number < 60; number++)
      history.add({ text: `${number}`, format: 'text' }, FEED, number);
    expect(history.of(FEED)).toHaveLength(50);
    history.add({ text: 'x'.repeat(50_001), format: 'text' }, FEED, 60);
    expect(history.of(FEED)[0]?.text).toBe('59');
  });
});
