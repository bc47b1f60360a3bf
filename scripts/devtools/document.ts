/**
 * Functions that run in the panel's document, where they are passed by source. They may use each other, as all of them
 * always go together ({@link DOCUMENT_HELPERS}), and nothing else from this file.
 */
import type { Name, PanelElement } from './driver.ts';
import type { Helper } from './source.ts';

/** The ARIA role of an element: the one it says, or the native one; empty when it has none. */
export function roleOf(element: Element): string {
  const explicit = element.getAttribute('role')?.trim().split(/\s+/)[0];
  return explicit || nativeRole(element);
}

export function nativeRole(element: Element): string {
  const tag = element.localName;
  switch (tag) {
    case 'input':
      return inputRole(element as HTMLInputElement);
    case 'a':
    case 'area':
      return element.hasAttribute('href') ? 'link' : '';
    case 'select':
      return element.matches('[multiple], [size]:not([size="1"])') ? 'listbox' : 'combobox';
    case 'section':
      return nameOf(element) ? 'region' : '';
    case 'form':
      return nameOf(element) ? 'form' : '';
    case 'img':
      return element.getAttribute('alt') === '' ? '' : 'img';
    case 'td':
      return element.closest('[role=grid],[role=treegrid]') ? 'gridcell' : 'cell';
    case 'th':
      return element.getAttribute('scope') === 'row' ? 'rowheader' : 'columnheader';
    default:
      return roleOfTag(tag);
  }
}

/** The role of elements that always have the same. */
export function roleOfTag(tag: string): string {
  if (/^h[1-6]$/.test(tag)) return 'heading';
  const roles: Record<string, string> = {
    article: 'article',
    aside: 'complementary',
    button: 'button',
    details: 'group',
    dialog: 'dialog',
    fieldset: 'group',
    footer: 'contentinfo',
    header: 'banner',
    hr: 'separator',
    li: 'listitem',
    main: 'main',
    menu: 'list',
    meter: 'meter',
    nav: 'navigation',
    ol: 'list',
    optgroup: 'group',
    option: 'option',
    output: 'status',
    p: 'paragraph',
    progress: 'progressbar',
    search: 'search',
    summary: 'button',
    table: 'table',
    tbody: 'rowgroup',
    textarea: 'textbox',
    tfoot: 'rowgroup',
    thead: 'rowgroup',
    tr: 'row',
    ul: 'list',
  };
  return roles[tag] ?? '';
}

export function inputRole(input: HTMLInputElement): string {
  const roles: Record<string, string> = {
    button: 'button',
    checkbox: 'checkbox',
    file: 'button',
    image: 'button',
    number: 'spinbutton',
    radio: 'radio',
    range: 'slider',
    reset: 'button',
    search: 'searchbox',
    submit: 'button',
  };
  const texts = ['email', 'search', 'tel', 'text', 'url'];
  if (input.list && texts.includes(input.type)) return 'combobox';
  return roles[input.type] ?? (texts.includes(input.type) ? 'textbox' : '');
}

/** The accessible name, in the order of the accname specification; generated content does not count. */
export function nameOf(element: Element): string {
  return squeeze(
    labelledBy(element) ||
      element.getAttribute('aria-label') ||
      nativeName(element) ||
      nameByContent(element),
  );
}

export function labelledBy(element: Element): string {
  const ids = element.getAttribute('aria-labelledby')?.trim().split(/\s+/) ?? [];
  return ids
    .map((id) => element.ownerDocument.getElementById(id))
    .map((label) => (label ? label.getAttribute('aria-label') || contentOf(label) : ''))
    .join(' ');
}

export function nativeName(element: Element): string {
  const labels = (element as HTMLInputElement).labels;
  if (labels?.length) return [...labels].map((label) => contentOf(label, element)).join(' ');
  const child = { fieldset: 'legend', table: 'caption', figure: 'figcaption' }[element.localName];
  const caption = child ? element.querySelector(`:scope > ${child}`) : null;
  if (caption) return contentOf(caption);
  const input = element as HTMLInputElement;
  const isButton = element.localName === 'input' && ['button', 'submit', 'reset'].includes(input.type);
  return isButton ? input.value : (element.getAttribute('alt') ?? '');
}

export function nameByContent(element: Element): string {
  const role = element.getAttribute('role') ?? '';
  const byRole =
    /^(button|cell|checkbox|columnheader|gridcell|heading|link|menuitem\w*|option|radio|row|rowheader|switch|tab|tooltip|treeitem)$/;
  const byTag = /^(a|button|h[1-6]|option|summary|td|th|tr)$/;
  const content = byRole.test(role) || (!role && byTag.test(element.localName)) ? contentOf(element) : '';
  return content.trim() || element.getAttribute('title') || element.getAttribute('placeholder') || '';
}

/** The text alternative of what is inside an element. */
export function contentOf(element: Element, except?: Element): string {
  let text = '';
  for (const node of element.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) text += node.textContent ?? '';
    if (node.nodeType !== Node.ELEMENT_NODE || node === except) continue;
    const child = node as Element;
    const style = getComputedStyle(child);
    if (
      style.display === 'none' ||
      style.visibility === 'hidden' ||
      child.getAttribute('aria-hidden') === 'true'
    )
      continue;
    const inner = child.getAttribute('aria-label') || child.getAttribute('alt') || contentOf(child, except);
    text += style.display === 'inline' ? inner : ` ${inner} `;
  }
  return text;
}

/** The text as it is rendered; that of the whole document by default. */
export function visibleText(element: Element | null = document.body): string {
  // biome-ignore lint/performance/useDomNodeTextContent: what is not rendered is not visible
  return (element as HTMLElement | null)?.innerText ?? element?.textContent ?? '';
}

export function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Whether people, assistive technology included, can perceive an element. */
export function isExposed(element: Element): boolean {
  if (element.closest('[aria-hidden=true],[inert]')) return false;
  let box: Element | null = element;
  while (box && getComputedStyle(box).display === 'contents') box = box.parentElement;
  return box?.checkVisibility({ visibilityProperty: true }) ?? false;
}

export function nameMatches(actual: string, wanted: Name | null): boolean {
  if (wanted === null) return true;
  return typeof wanted === 'string' ? actual === squeeze(wanted) : actual.includes(squeeze(wanted.contains));
}

/** All exposed elements with a role and a name, in document order. */
export function allByRole(role: string, name: Name | null): Element[] {
  return [...document.querySelectorAll('*')].filter(
    (element) => roleOf(element) === role && isExposed(element) && nameMatches(nameOf(element), name),
  );
}

/** Whether an element is disabled, by itself or by a fieldset or an ARIA ancestor around it. */
export function isDisabled(element: Element): boolean {
  return element.matches(':disabled') || element.closest('[aria-disabled=true]') !== null;
}

export function describe(element: Element): PanelElement {
  const states: Record<string, string> = {};
  for (const state of ['checked', 'selected', 'expanded', 'pressed', 'current', 'invalid', 'busy', 'sort']) {
    const value = element.getAttribute(`aria-${state}`);
    if (value !== null) states[state] = value;
  }
  const input = element as HTMLInputElement;
  if (input.type === 'checkbox' || input.type === 'radio') states.checked = String(input.checked);
  if (element.localName === 'option') states.selected = String((element as HTMLOptionElement).selected);
  const isField = /^(input|textarea|select|output)$/.test(element.localName);
  return {
    role: roleOf(element),
    name: nameOf(element),
    text: squeeze(visibleText(element)),
    value: isField ? input.value : editedText(element),
    disabled: isDisabled(element),
    states,
  };
}

/** The text of an editable element, line by line, without hints; null for any other element. */
export function editedText(element: Element): string | null {
  if (!(element as HTMLElement).isContentEditable) return null;
  const copy = element.cloneNode(true) as Element;
  for (const hint of copy.querySelectorAll('[contenteditable=false]')) hint.remove();
  const lines = [...copy.children].filter(({ localName }) => localName === 'div');
  return lines.length > 0 ? lines.map((line) => line.textContent).join('\n') : copy.textContent;
}

/** What was found: the one element, or why there is none yet. */
export type Found = { readonly element: Element } | { readonly problem: string };

export function pick(role: string, name: Name | null, nth: number | null): Found {
  const all = allByRole(role, name);
  const element = nth === null ? all[0] : all.at(nth);
  if (element && (nth !== null || all.length === 1)) return { element };
  const names = (list: Element[]) => list.map((one) => JSON.stringify(nameOf(one))).join(', ');
  if (nth === null && all.length > 1) return { problem: `${all.length} of them: ${names(all.slice(0, 9))}` };
  const others = allByRole(role, null);
  return { problem: others.length > 0 ? `only ${names(others.slice(0, 20))}` : `no ${role} at all` };
}

/** Where to point at an element: its centre in the viewport, in CSS pixels, once it stands still and is not covered. */
export async function pointAt(
  role: string,
  name: Name | null,
  nth: number | null,
): Promise<{ x: number; y: number } | { problem: string }> {
  const found = pick(role, name, nth);
  if ('problem' in found) return found;
  const { element } = found;
  if (isDisabled(element)) return { problem: 'it is disabled' };
  element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
  const before = visibleCentre(element);
  // A hidden document has no animation frames; the timer keeps the wait bounded there.
  await new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(resolve));
    setTimeout(resolve, 200);
  });
  const after = visibleCentre(element);
  if (!element.isConnected || before.x !== after.x || before.y !== after.y)
    return { problem: 'it is moving' };
  // Lists fill their rows anew: what stands at the same place by now may be another one.
  const again = pick(role, name, nth);
  if (!('element' in again) || again.element !== element) return { problem: 'it has become another one' };
  const hit = document.elementFromPoint(after.x, after.y);
  const hits = hit !== null && (element.contains(hit) || hit.closest('label')?.control === element);
  return hits
    ? after
    : { problem: `it is covered by ${hit ? hit.outerHTML.slice(0, 120) : 'nothing in the viewport'}` };
}

/** The centre of the part of an element that is inside the viewport. */
export function visibleCentre(element: Element): { x: number; y: number } {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const middle = (low: number, high: number, limit: number) => (Math.max(low, 0) + Math.min(high, limit)) / 2;
  return { x: middle(left, right, innerWidth), y: middle(top, bottom, innerHeight) };
}

/** Gives an element the focus and a new value, with the events that typing would fire; a problem as text, or null. */
export function fillElement(role: string, name: Name, nth: number | null, value: string): string | null {
  const found = pick(role, name, nth);
  if ('problem' in found) return found.problem;
  const element = found.element as HTMLElement;
  if (isDisabled(element)) return 'it is disabled';
  element.focus();
  if (element.isContentEditable) {
    getSelection()?.selectAllChildren(element);
    document.execCommand('insertText', false, value);
    return null;
  }
  // Through the prototype's setter, because UI libraries put their own on the element to track changes.
  const setter = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), 'value')?.set;
  if (!setter) return 'it has no value';
  setter.call(element, value);
  element.dispatchEvent(
    new InputEvent('input', { bubbles: true, inputType: 'insertReplacementText', data: value }),
  );
  element.dispatchEvent(new Event('change', { bubbles: true }));
  return null;
}

/** Whether an element is edited without being a field, so that an editor stands behind it. */
export function isEdited(role: string, name: Name): boolean {
  const found = pick(role, name, null);
  return 'element' in found && (found.element as HTMLElement).isContentEditable;
}

export function focusElement(role: string, name: Name | null, nth: number | null): string | null {
  const found = pick(role, name, nth);
  if ('problem' in found) return found.problem;
  (found.element as HTMLElement).focus();
  return document.activeElement === found.element ? null : 'it cannot have the focus';
}

export function describeAll(role: string, name: Name | null): PanelElement[] {
  return allByRole(role, name).map(describe);
}

export function describeOne(
  role: string,
  name: Name | null,
  nth: number | null,
): PanelElement | { problem: string } {
  const found = pick(role, name, nth);
  return 'problem' in found ? found : describe(found.element);
}

export function showsText(text: string): boolean {
  return visibleText().includes(text);
}

export function prefersTheme(theme: 'light' | 'dark'): boolean {
  return matchMedia(`(prefers-color-scheme: ${theme})`).matches;
}

/** All of the above that runs in the document, to be passed along with any call of one of them. */
export const DOCUMENT_HELPERS: readonly Helper[] = [
  roleOf,
  nativeRole,
  roleOfTag,
  inputRole,
  nameOf,
  labelledBy,
  nativeName,
  nameByContent,
  contentOf,
  visibleText,
  squeeze,
  isExposed,
  nameMatches,
  allByRole,
  isDisabled,
  describe,
  editedText,
  pick,
  pointAt,
  visibleCentre,
  fillElement,
  isEdited,
  focusElement,
  describeAll,
  describeOne,
  showsText,
  prefersTheme,
];
