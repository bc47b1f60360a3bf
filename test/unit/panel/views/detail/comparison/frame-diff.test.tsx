// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest';
import { soon, View } from '../../../../helpers/view.tsx';

let view: View;

beforeEach(() => {
  view = new View();
  view.update(() => {
    view.world.addSocket({ url: 'wss://example.test/feed' });
    view.world.addTexts(
      '{"type":"trade","price":1}',
      '{"type":"ping"}',
      '{"type":"trade","price":2}',
      '{"type":"order"}',
    );
  });
});

/** Shows the Diff tab of the nth row. */
async function diffOf(index: number): Promise<string> {
  view.update(() => {
    view.world.model.tab.value = 'diff';
    view.world.model.selection.select(view.world.model.filter.view.rowAt(index));
  });
  // The comparison is a script of its own, which is loaded now.
  await soon(() => {
    view.update(() => undefined);
    expect(view.one('tabpanel').querySelector('.diff, p')).not.toBeNull();
  });
  return view.one('tabpanel').textContent ?? '';
}

const signed = () =>
  [...document.querySelectorAll('.diff-row')].map((row) => {
    const sign = row.querySelector('.diff-sign')?.textContent ?? '';
    return sign + (row.querySelector('bdi')?.textContent ?? '');
  });

test('a message is compared with the one before it of its type', async () => {
  expect(await diffOf(2)).toContain('Lines removed: 1, added: 1');
  expect(signed()).toEqual([' {', '   "type": "trade",', '−  "price": 1', '+  "price": 2', ' }']);
});

test('bytes without a type are compared with those of the same length, or else with others', async () => {
  view.update(() =>
    view.world.addFrames(
      { payload: Uint8Array.of(1, 2, 3) },
      { payload: Uint8Array.of(9) },
      { payload: Uint8Array.of(1, 2, 4) },
      { payload: Uint8Array.of(1, 2) },
    ),
  );
  await diffOf(6);
  expect(signed()).toEqual([expect.stringMatching(/^−01 02 03/), expect.stringMatching(/^\+01 02 04/)]);
  await diffOf(7);
  await soon(() => expect(signed()[1]).toMatch(/^\+01 02 {2}/));
});

test('it is shown if there is none of its type', async () => {
  expect(await diffOf(3)).toContain('There is no earlier frame of type “order” nearby.');
});

test('of two selected frames the earlier one is compared with the later', async () => {
  await diffOf(2);
  const { selection, filter } = view.world.model;
  view.update(() => selection.toggle(filter.view.rowAt(0)));
  await soon(() => expect(signed()).toContain('+  "price": 2'));
  expect(view.one('combobox', /Compare with/)).toMatchObject({ value: 'selected' });
});

test('going to the other frame moves the focus to the list, where that frame is selected', async () => {
  await diffOf(2);
  const other = view.world.model.filter.view.rowAt(0);
  const link = view.all('button', /2 rows/)[0];
  if (!link) throw new Error('there is no way to the other frame');
  link.focus();
  view.click(link);
  expect(view.world.model.selection.focus.value).toBe(other);
  expect(document.activeElement).toBe(view.one('grid', 'Frames'));
});

test('the user can choose the frame before it', async () => {
  await diffOf(2);
  const choice = view.one('combobox', /Compare with/) as HTMLSelectElement;
  view.update(() => {
    choice.value = 'before';
    choice.dispatchEvent(new Event('change', { bubbles: true }));
  });
  expect(signed()).toContain('−  "type": "ping"');
});

test('large messages are compared by a worker, which is shown in the meantime', async () => {
  const large = (price: number) => JSON.stringify({ type: 'large', price, text: 'x'.repeat(20_000) });
  view.update(() => view.world.addTexts(large(1), large(2)));
  expect(await diffOf(5)).toContain('Comparing 40.1 kB…');
  await soon(() => {
    view.update(() => undefined);
    expect(signed()).toContain('+  "price": 2,');
  });
});
