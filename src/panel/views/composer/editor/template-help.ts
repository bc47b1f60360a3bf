import {
  autocompletion,
  type Completion,
  type CompletionContext,
  completionKeymap,
} from '@codemirror/autocomplete';
import { Compartment, type Extension, Prec } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  keymap,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import { type MessageKey, t } from '../../../words/i18n.ts';

const HINTS: Readonly<Record<string, MessageKey>> = {
  uuid: 'templateUuid',
  now: 'templateNow',
  'now:iso': 'templateNowIso',
  counter: 'templateCounter',
  random: 'templateRandom',
  'random:1-100': 'templateRandomWhole',
  'last:$.': 'templateLast',
  last: 'templateLastWhole',
};

/** An Escape that closes the list is not for DevTools, which open their drawer on it. */
const keys = completionKeymap.map((binding) => ({ ...binding, stopPropagation: binding.key === 'Escape' }));

const help = new Compartment();

/** Marks variables and completes them, once {@link showTemplateHelp} has switched that on. */
export const templateHelp: Extension = help.of([]);

export function showTemplateHelp(view: EditorView, isWanted: boolean): void {
  view.dispatch({ effects: help.reconfigure(isWanted ? wholeHelp() : []) });
}

function wholeHelp(): Extension {
  return [
    variables,
    autocompletion({ override: [complete], icons: false, defaultKeymap: false, interactionDelay: 0 }),
    Prec.highest(keymap.of(keys)),
  ];
}

function complete(context: CompletionContext) {
  const before = context.matchBefore(/\{\{[^{}]*$/);
  if (!before) return null;
  const closes = context.state.sliceDoc(context.pos, context.pos + 2) === '}}';
  return { from: before.from + 2, options: options(closes), validFor: /^[^{}]*$/ };
}

function options(closes: boolean): Completion[] {
  return Object.entries(HINTS).map(([label, hint]) => ({
    label,
    detail: t(hint),
    boost: label === 'last:$.' ? 1 : 0, // before the shorter `last`
    apply: (view, _, from, to) => {
      const isOpen = label.endsWith('.'); // the path goes on
      const insert = isOpen || closes ? label : `${label}}}`;
      const anchor = from + label.length + (isOpen ? 0 : 2);
      view.dispatch({
        changes: { from, to, insert: isOpen && !closes ? `${label}}}` : insert },
        selection: { anchor },
      });
    },
  }));
}

const matcher = new MatchDecorator({
  regexp: /\{\{[^{}]*\}\}/g,
  decoration: Decoration.mark({ class: 'cm-variable' }),
});

const variables = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = matcher.createDeco(view);
    }
    update(update: ViewUpdate) {
      this.decorations = matcher.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
