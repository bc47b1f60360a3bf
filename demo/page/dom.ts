type Child = Node | string;
type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Makes an element. A boolean attribute that is false is left out; strings among the children become text. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children);
  return element;
}

/** A button that is not a form's submit button. */
export function button(label: string, action: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const element = h('button', { type: 'button', ...attributes }, label);
  element.addEventListener('click', action);
  return element;
}

/** A form on one line that calls `submit` with the trimmed text of its field and then empties it. */
export function lineForm(label: string, action: string, submit: (text: string) => void): LineForm {
  const field = h('input', { type: 'text', 'aria-label': label, placeholder: label, autocomplete: 'off' });
  const form = h('form', { class: 'row' }, field, h('button', { type: 'submit' }, action));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text === '') return;
    submit(text);
    field.value = '';
  });
  return { form, field };
}

/** The parts of a {@link lineForm}. */
export interface LineForm {
  readonly form: HTMLFormElement;
  readonly field: HTMLInputElement;
}

/** Calls `render` in the next animation frame, once however often it was asked for. */
export function onNextFrame(render: () => void): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      render();
    });
  };
}

/** Appends a line to a log and drops the oldest ones above `most`. Stays at the end. */
export function appendLine(log: HTMLElement, line: HTMLElement, most = 60): void {
  log.append(line);
  while (log.childElementCount > most) log.firstElementChild?.remove();
  log.scrollTop = log.scrollHeight;
}
