// @vitest-environment happy-dom
import { beforeEach, describe, expect, test } from 'vitest';
import { parseFilter } from '../../../../../src/store/query/language/parse.ts';
import { soon, View } from '../../../helpers/view.tsx';

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
    expect(document.querySelector('#filter-problem')?.textContent).toContain('“many” is not a length');
    type('ping len:>1');
    expect(document.querySelector('.filter-underline')).toBeNull();
    expect(document.querySelector('#filter-problem')?.textContent).toBe('');
  });
});

test('what a new filter finds is said once, and not again for each frame that comes', async () => {
  const said = () => view.all('status').map(({ textContent }) => textContent);
  type('ping');
  await soon(() => {
    view.update(() => undefined);
    expect(said()).toContain('Frames found: 1');
  });
  view.update(() => view.world.addTexts('ping again'));
  expect(view.world.model.filter.found).toBe(2);
  expect(said()).toContain('Frames found: 1');
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

describe.each(['Filter language', 'Saved filters'])('what “%s” opens', (name) => {
  const button = () => view.one('button', name);
  const isOpen = () => view.all('dialog', name).length > 0;

  beforeEach(() => {
    type('ping');
    view.update(() => button().focus());
    view.click(button());
  });

  test('takes the focus, and gives it back with Escape', () => {
    expect(view.one('dialog', name).contains(document.activeElement)).toBe(true);
    view.press(view.one('dialog', name), 'Escape');
    expect(isOpen()).toBe(false);
    expect(document.activeElement).toBe(button());
  });

  test('closes with Escape on its button too', () => {
    view.update(() => button().focus());
    expect(isOpen()).toBe(true);
    view.press(button(), 'Escape');
    expect(isOpen()).toBe(false);
  });

  test('does not go on covering what the focus has gone to', () => {
    view.update(() => view.one('button', 'Pause').focus());
    expect(isOpen()).toBe(false);
    expect(document.activeElement).toBe(view.one('button', 'Pause'));
  });
});

describe('saved filters', () => {
  const open = () => view.click(view.one('button', 'Saved filters'));
  const sheet = () => view.one('dialog', 'Saved filters');
  const submit = () =>
    view.update(() =>
      sheet()
        .querySelector('form')
        ?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })),
    );
  const names = () => [...sheet().querySelectorAll('.saved-line bdi')].map(({ textContent }) => textContent);
  const kept = () => JSON.parse(localStorage.getItem('saved-filters') ?? '[]');

  function save(text: string, name: string): void {
    type(text);
    open();
    view.type(view.one('textbox', 'Name'), name);
    submit();
    view.press(sheet(), 'Escape');
  }

  test('are kept under a name, and chosen', () => {
    save('dir:sent', 'what I said');
    save('ping', '');
    expect(kept()).toEqual([
      { name: 'what I said', text: 'dir:sent' },
      { name: 'ping', text: 'ping' },
    ]);
    open();
    view.click(view.one('button', /^what I said/));
    expect(view.world.model.filter.text.value).toBe('dir:sent');
    expect(view.all('dialog', 'Saved filters')).toEqual([]);
  });

  test('take the place of those of the same name', () => {
    save('a', 'x');
    save('b', 'x');
    expect(kept()).toEqual([{ name: 'x', text: 'b' }]);
  });

  test('are renamed, and deleted with a way back', () => {
    save('a', 'x');
    save('b', 'y');
    open();
    view.click(view.one('button', 'Rename “x”'));
    const [, field] = view.all('textbox', 'Name');
    if (!field) throw new Error('no field');
    view.type(field, 'z');
    view.update(() => field.closest('form')?.dispatchEvent(new Event('submit', { cancelable: true })));
    expect(names()).toEqual(['z', 'y']);
    view.click(view.one('button', 'Delete “z”'));
    expect([names(), kept()]).toEqual([['y'], [{ name: 'y', text: 'b' }]]);
    view.click(view.one('button', 'Undo'));
    expect(kept().map(({ name }: { readonly name: string }) => name)).toEqual(['z', 'y']);
  });

  test('keep the keyboard when a new name is given or not, so that Escape closes them', () => {
    save('a', 'x');
    for (const key of ['Escape', 'Enter']) {
      open();
      view.click(view.one('button', 'Rename “x”'));
      const [, field] = view.all('textbox', 'Name');
      if (!field) throw new Error('no field');
      view.update(() => field.focus());
      if (key === 'Escape') view.press(field, 'Escape');
      else view.update(() => field.closest('form')?.dispatchEvent(new Event('submit', { cancelable: true })));
      expect(document.activeElement?.getAttribute('role')).toBe('dialog');
      view.press(sheet(), 'Escape');
      expect(view.all('dialog', 'Saved filters')).toEqual([]);
    }
  });

  test('that are wrong, or none, are not saved', () => {
    type('len:many');
    open();
    submit();
    expect(kept()).toEqual([]);
    expect((view.one('button', 'Save') as HTMLButtonElement).disabled).toBe(true);
  });
});
