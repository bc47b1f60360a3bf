import { FrameFlag } from '../../../../protocol/frames.ts';
import { filterEngine } from '../../../model/filter/filter-loader.ts';
import { isMessage } from '../../../model/frames/frame-kinds.ts';
import { t } from '../../../words/i18n.ts';
import { summary } from '../../../words/rows.ts';
import { type Cell, cellElement, elementOf } from './cell.ts';

const MARKED =
  FrameFlag.injected | FrameFlag.byPanel | FrameFlag.replayed | FrameFlag.edited | FrameFlag.discarded;

/** The beginning of a payload, with marks for how it was sent. */
export function dataCell(): Cell {
  const element = cellElement('data');
  const text = elementOf('bdi');
  const parts = new Parts(text);
  let mark: HTMLElement | undefined;
  let markFlags = 0;
  element.append(text);
  return {
    element,
    draw({ model: { store }, row, kind, socket, colouredUnits }) {
      const flags = store.flags(row) & MARKED;
      if (flags !== markFlags) {
        mark?.remove();
        mark = flags === 0 ? undefined : elementOf('span', 'mark', marksOf(flags));
        if (mark) element.prepend(mark);
        markFlags = flags;
      }
      drawText(parts, summary(store, row, socket), isMessage(kind) ? colouredUnits : 0);
    },
  };
}

function marksOf(flags: number): string {
  const marks = [
    flags & FrameFlag.injected ? t('markInjected') : flags & FrameFlag.byPanel ? t('markByPanel') : '',
    flags & FrameFlag.replayed ? t('markReplayed') : '',
    flags & FrameFlag.edited ? t('markEdited') : '',
    flags & FrameFlag.discarded ? t('markDiscarded') : '',
  ];
  return marks.filter(Boolean).join(', ');
}

/** JSON in colours as far as it can be in sight; punctuation has the colour of the text and so needs no element. */
function drawText(parts: Parts, text: string, colouredUnits: number): void {
  parts.begin();
  const engine = filterEngine(); // loaded after the first picture
  let at = 0;
  if (engine && colouredUnits > 0 && /^[{["]/.test(text)) {
    for (const { kind, start, end } of engine.highlightJson(text, text.length)) {
      if (start >= colouredUnits) break;
      if (kind === 'punctuation') continue;
      if (start > at) parts.add('', text.slice(at, start));
      parts.add(`json-${kind}`, text.slice(start, end));
      at = end;
    }
  }
  if (at < text.length) parts.add('', at === 0 ? text : text.slice(at));
  parts.end();
}

interface Part {
  readonly node: Text | HTMLElement;
  readonly text: Text;
  /** Empty for a text without an element of its own. */
  className: string;
  said: string;
}

/** Texts within an element, some in elements of their own. Existing elements are reused in order, and only what differs changes. */
class Parts {
  private readonly parts: Part[] = [];
  private count = 0;

  constructor(private readonly element: HTMLElement) {}

  begin(): void {
    this.count = 0;
  }

  /** The next part. */
  add(className: string, said: string): void {
    const at = this.count++;
    const part = this.parts[at];
    if (!part || (part.className === '') !== (className === '')) {
      const made = makePart(className, said);
      if (part) part.node.replaceWith(made.node);
      else this.element.append(made.node);
      this.parts[at] = made;
      return;
    }
    if (part.className !== className && part.node instanceof HTMLElement) {
      part.node.className = className;
      part.className = className;
    }
    if (part.said === said) return;
    part.text.data = said;
    part.said = said;
  }

  /** There are no more. */
  end(): void {
    for (const { node } of this.parts.splice(this.count)) node.remove();
  }
}

function makePart(className: string, said: string): Part {
  const text = document.createTextNode(said);
  if (className === '') return { node: text, text, className, said };
  const node = elementOf('span', className);
  node.append(text);
  return { node, text, className, said };
}
