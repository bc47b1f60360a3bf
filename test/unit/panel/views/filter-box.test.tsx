// @vitest-environment happy-dom
import { beforeEach, describe, expect, test } from 'vitest';
import { parseFilter } from '../../../../src/store/query/parse.ts';
import { View } from '../../helpers/view.tsx';

let view: View;
let box: HTMLInputElement;

beforeEach(() => {
  view = new View();
  view.update(() => {
    view.world.addSocket({ url: 'wss://example.test/feed' });
    view.world.addTexts('{"type":"trade","price":5}', 'ping');
  });
  const found = view.one('searchbox', 'Filter frames');
  if (!(found instanceof HTMLInputElement)) throw new Error('no field');
  box = found;
  box.focus();
});

function type(text: string): void {
  view.update(() => {
    box.value = text;
    box.setSelectionRange(text.length, text.length);
    box.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

const options = () =>
  view.all('listbox', 'Suggestions').length > 0 ? view.all('option').filter(isSuggestion) : [];
const isSuggestion = ({ id }: HTMLElement) => id.startsWith('filter-suggestion-');
const offers = () => options().map((option) => option.querySelector('bdi')?.textContent);

describe('what is wrong', () => {
  test('is underlined where it stands', () => {
    type('ping len:many');
    const underline = document.querySelector('.filter-underline');
    expect(underline?.textContent).toBe('ping len:many');
    expect(underline?.querySelector('mark')?.textContent).toBe('many');
    expect(view.one('alert').textContent).toContain('“many” is not a length');
    type('ping len:>1');
    expect(document.querySelector('.filter-underline')).toBeNull();
    expect(view.one('alert').textContent).toBe('');
  });
});

describe('suggestions', () => {
  test('come with typing, and Tab takes the first', () => {
    type('di');
    expect(offers()).toEqual(['dir:']);
    view.press(box, 'Tab');
    expect(box.value).toBe('dir:');
    expect(offers()).toEqual(['sent', 'received']);
    view.press(box, 'ArrowDown');
    view.press(box, 'ArrowDown');
    expect(box.getAttribute('aria-activedescendant')).toBe(options()[1]?.id);
    expect(options()[1]?.getAttribute('aria-selected')).toBe('true');
    view.press(box, 'Enter');
    expect(view.world.model.filter.text.value).toBe('dir:received');
    expect(offers()).toEqual([]);
  });

  test('leave Tab and Enter alone where nothing is offered or meant', () => {
    const kept: string[] = [];
    box.parentElement?.addEventListener('keydown', (event) => {
      if (!event.defaultPrevented) kept.push(event.key);
    });
    view.press(box, 'Tab');
    type('di');
    view.press(box, 'Enter');
    expect(box.value).toBe('di');
    type('ping');
    view.press(box, 'Tab');
    type('dir');
    view.press(box, 'Tab', { shiftKey: true });
    expect(kept).toEqual(['Tab', 'Enter', 'Tab', 'Tab']);
  });

  test('Escape closes them first and then empties the field', () => {
    type('di');
    view.press(box, 'Escape');
    expect([offers(), box.value]).toEqual([[], 'di']);
    view.press(box, 'Escape');
    expect(view.world.model.filter.text.value).toBe('');
  });

  test('come with the arrow key, from what the tab holds', () => {
    view.press(box, 'ArrowDown');
    expect(offers()).toContain('$.');
    type('socket:');
    expect(offers()).toEqual(['/feed']);
    type('$.pr');
    expect(offers()).toEqual(['$.price']);
    type('$.type == ');
    expect(offers()).toEqual(['"trade"']);
    view.click(options()[0] ?? box);
    expect(view.world.model.filter.text.value).toBe('$.type == "trade"');
  });

  test('go when the field is left', () => {
    type('di');
    view.update(() => box.dispatchEvent(new FocusEvent('blur')));
    expect(offers()).toEqual([]);
  });
});

test('the help adds what is chosen to the filter', () => {
  type('ping');
  view.click(view.one('button', 'Filter language'));
  const sheet = view.one('dialog', 'Filter language');
  view.click(view.one('button', /^dir:sent/));
  expect(view.world.model.filter.text.value).toBe('ping dir:sent');
  expect(view.world.model.filter.problem.value).toBeUndefined();
  for (const button of sheet.querySelectorAll('code')) {
    expect(parseFilter(button.textContent ?? '').ok).toBe(true);
  }
  view.press(sheet, 'Escape');
  expect(view.all('dialog', 'Filter language')).toEqual([]);
});
