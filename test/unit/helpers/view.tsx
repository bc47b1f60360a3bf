import { EditorView } from '@codemirror/view';
import { type JSX, options, render } from 'preact';
import { act } from 'preact/test-utils';
import { vi } from 'vitest';
import { App } from '../../../src/panel/views/app.tsx';
import { ModelProvider } from '../../../src/panel/views/context.ts';
import { loadViews } from '../../../src/panel/views/lazily.tsx';
import { speakEnglish } from './language.ts';
import { PanelWorld } from './panel-world.ts';

// Nothing has to be waited for once a view is drawn.
await loadViews();

// Preact also sets a timer of 35 ms, in case the frame is not painted. It would outlive the document at the end of a file, and fail there
// because `cancelAnimationFrame` is gone, which fails the whole run.
options.requestAnimationFrame = (flush) => void requestAnimationFrame(flush);

/** px; there is no layout here, so every box is said to be as high as this. */
const BOX_HEIGHT = 210;

/** Tells of what it observes at once, as a browser does with the next picture. */
class PromptResizeObserver implements ResizeObserver {
  constructor(private readonly callback: ResizeObserverCallback) {}

  observe(): void {
    this.callback([], this);
  }

  unobserve(): void {}
  disconnect(): void {}
}

/** Gives the document what it lacks of a browser's. Each file of tests has another one. */
function furnish(): void {
  window.ResizeObserver = PromptResizeObserver;
  window.Highlight = class extends Set<AbstractRange> {} as unknown as typeof Highlight;
  const styles: object = Object.assign(Object.create(CSS), { highlights: new Map() });
  Object.defineProperty(globalThis, 'CSS', { configurable: true, value: styles });
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => BOX_HEIGHT });
}

/** The whole panel in a document of its own, and a hand for it. */
export class View {
  private static before: Element | undefined;

  /** Removes the panel that is there: its keys would be heard still, and the timers of its editor would outlive the document. */
  static end(): void {
    if (View.before) render(null, View.before);
    View.before = undefined;
  }

  readonly world: PanelWorld;
  private readonly root = document.createElement('div');

  constructor(content: JSX.Element = <App />) {
    speakEnglish();
    View.end();
    furnish();
    View.before = this.root;
    localStorage.clear();
    this.world = new PanelWorld();
    document.body.replaceChildren(this.root);
    void act(() => render(<ModelProvider value={this.world.model}>{content}</ModelProvider>, this.root));
    this.update(() => undefined);
  }

  /** Changes something and lets the views draw it. */
  update(change: () => void): void {
    void act(() => {
      change();
      this.world.model.touch();
      this.world.paint();
    });
    void act(() => this.world.paint()); // what the views have asked for
  }

  /** The elements of a role and, if given, of an accessible name. */
  all(role: string, name?: string | RegExp): HTMLElement[] {
    const elements = [...this.root.querySelectorAll<HTMLElement>('*')];
    return elements.filter((element) => roleOf(element) === role && matches(nameOf(element), name));
  }

  /** @throws Error if there is not just one */
  one(role: string, name?: string | RegExp): HTMLElement {
    const found = this.all(role, name);
    const [only] = found;
    if (!only || found.length > 1) throw new Error(`${found.length} of role ${role}, name ${name}`);
    return only;
  }

  /** Types into a text field in place of what stands there. */
  type(field: HTMLElement, text: string): void {
    const editor = EditorView.findFromDOM(field);
    if (editor) {
      this.update(() => editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } }));
      return;
    }
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement))
      throw new Error('no text field');
    this.update(() => {
      field.value = text;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
  }

  press(element: HTMLElement, key: string, modifiers: KeyboardEventInit = {}): void {
    this.update(() =>
      element.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...modifiers }),
      ),
    );
  }

  /** A whole click, as a pointer makes it. */
  click(element: HTMLElement, modifiers: MouseEventInit = {}): void {
    this.update(() => {
      for (const type of ['mousedown', 'mouseup', 'click']) {
        element.dispatchEvent(
          new MouseEvent(type, { bubbles: true, cancelable: true, button: 0, ...modifiers }),
        );
      }
    });
  }
}

function matches(text: string, wanted: string | RegExp | undefined): boolean {
  if (wanted === undefined) return true;
  return typeof wanted === 'string' ? text === wanted : wanted.test(text);
}

/** The ARIA role, as far as the panel's elements go. https://www.w3.org/TR/html-aam-1.0/ */
function roleOf(element: HTMLElement): string {
  const given = element.getAttribute('role');
  if (given !== null) return given;
  switch (element.localName) {
    case 'button':
      return 'button';
    case 'textarea':
      return 'textbox';
    case 'section':
      return element.hasAttribute('aria-label') ? 'region' : '';
    case 'input':
      return INPUT_ROLES[element.getAttribute('type') ?? 'text'] ?? '';
    case 'select':
      return 'combobox';
    case 'form':
      return 'form';
    default:
      return '';
  }
}

const INPUT_ROLES: Readonly<Record<string, string>> = {
  search: 'searchbox',
  checkbox: 'checkbox',
  text: 'textbox',
};

/** The accessible name, as far as the panel's elements go. https://www.w3.org/TR/accname-1.2/ */
function nameOf(element: HTMLElement): string {
  const label = element.getAttribute('aria-label');
  if (label !== null) return label;
  const around = element.closest('label');
  return (around ?? element).textContent?.trim() ?? '';
}

/** Waits for what takes its time, also on a machine that has other work. */
export function soon<Result>(check: () => Result): Promise<Result> {
  return vi.waitFor(check, { timeout: 20_000 });
}
