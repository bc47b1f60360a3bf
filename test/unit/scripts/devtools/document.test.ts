// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { nameMatches, nameOf, roleOf } from '../../../../scripts/devtools/document.ts';

function element(html: string): Element {
  document.body.innerHTML = html;
  const found = document.querySelector('[data-it]') ?? document.body.firstElementChild;
  if (!found) throw new Error('No element in the markup');
  return found;
}

beforeEach(() => {
  document.body.innerHTML = '';
});

describe('the role of an element', () => {
  it.each([
    ['<div role="grid"></div>', 'grid'],
    ['<div role=" switch checkbox"></div>', 'switch'],
    ['<button role="tab"></button>', 'tab'],
    ['<button></button>', 'button'],
    ['<a href="#">x</a>', 'link'],
    ['<a>x</a>', ''],
    ['<input>', 'textbox'],
    ['<input type="search">', 'searchbox'],
    ['<input type="checkbox">', 'checkbox'],
    ['<input type="password">', ''],
    ['<textarea></textarea>', 'textbox'],
    ['<select></select>', 'combobox'],
    ['<select multiple></select>', 'listbox'],
    ['<select size="4"></select>', 'listbox'],
    ['<section aria-label="Composer"></section>', 'region'],
    ['<section></section>', ''],
    ['<h2>x</h2>', 'heading'],
    ['<output></output>', 'status'],
    ['<img alt="">', ''],
    ['<table role="grid"><tr><td data-it>x</td></tr></table>', 'gridcell'],
    ['<span>x</span>', ''],
  ])('of %s is "%s"', (html, role) => {
    expect(roleOf(element(html))).toBe(role);
  });
});

describe('the accessible name of an element', () => {
  it.each([
    ['<button>Close  <b>socket</b></button>', 'Close socket'],
    ['<button title="No name but this"></button>', 'No name but this'],
    ['<button aria-label="Clear" title="Remove all frames">×</button>', 'Clear'],
    ['<button><span aria-hidden="true">✕</span> Clear</button>', 'Clear'],
    ['<button><span style="display: none">secret</span>Pause</button>', 'Pause'],
    ['<button><span aria-label="Export">⇩</span> frames</button>', 'Export frames'],
    ['<label>Name <input data-it></label>', 'Name'],
    ['<label for="m">Message</label><textarea id="m" data-it></textarea>', 'Message'],
    [
      '<i id="a">Frame</i><i id="b">detail</i><div role="region" aria-labelledby="a b" data-it></div>',
      'Frame detail',
    ],
    ['<input placeholder="Filter">', 'Filter'],
    ['<input type="submit" value="Send">', 'Send'],
    ['<ul><li role="option" data-it>one<div>OPEN</div></li></ul>', 'one OPEN'],
    ['<div role="grid">not a name</div>', ''],
    ['<section>not a name</section>', ''],
    ['<fieldset><legend>Direction</legend></fieldset>', 'Direction'],
  ])('of %s is "%s"', (html, name) => {
    expect(nameOf(element(html))).toBe(name);
  });

  it('matches whole, or in part when asked so', () => {
    expect(nameMatches('Send', 'Send')).toBe(true);
    expect(nameMatches('Resend', 'Send')).toBe(false);
    expect(nameMatches('wss://a.example OPEN', { contains: 'OPEN' })).toBe(true);
    expect(nameMatches('anything', null)).toBe(true);
  });
});
