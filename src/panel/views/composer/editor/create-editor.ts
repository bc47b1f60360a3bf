import {
  defaultKeymap,
  history,
  historyKeymap,
  insertNewline,
  insertNewlineAndIndent,
} from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { EditorState, Prec } from '@codemirror/state';
import { EditorView, highlightSpecialChars, type KeyBinding, keymap, placeholder } from '@codemirror/view';
import type { Draft } from '../../../model/composer/composer.ts';
import { t } from '../../../words/i18n.ts';
import { adoptEditorStyles } from './adopted-styles.ts';
import { type DraftProblem, diagnostics } from './diagnostics.ts';
import { changeFormat, formatExtension, formatOf, isJson } from './format.ts';
import { templateHelp } from './template-help.ts';
import { editorLook } from './theme.ts';

adoptEditorStyles();

interface EditorParts {
  readonly parent: Element;
  readonly draft: Draft;
  /** Called for each change. */
  readonly onChange: (text: string) => void;
  readonly keys: readonly KeyBinding[];
  readonly problemsOf: (draft: Draft) => readonly DraftProblem[];
}

/** The editor of the composer. Tab is not bound, so it leaves the editor like any field. */
export function createEditor({ parent, draft, onChange, keys, problemsOf }: EditorParts): EditorView {
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: draft.text,
      extensions: [
        // A carriage return is part of the message. As part of a line end, the editor would rewrite it.
        EditorState.lineSeparator.of('\n'),
        formatExtension(draft.format, draft.text),
        history(),
        Prec.high(keymap.of([...keys])),
        keymap.of([{ key: 'Enter', run: breakLine, shift: breakLine }]),
        keymap.of([...historyKeymap, ...lintKeymap, ...defaultKeymap]),
        EditorView.lineWrapping,
        highlightSpecialChars(),
        bracketMatching(),
        placeholder(t('messagePlaceholder')),
        diagnostics(problemsOf),
        templateHelp,
        editorLook,
        EditorState.phrases.of({ 'Control character': t('controlCharacter'), Completions: t('completions') }),
        EditorView.contentAttributes.of({
          'aria-label': t('message'),
          'aria-describedby': 'draft-note',
          spellcheck: 'false',
        }),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) onChange(state.sliceDoc());
        }),
      ],
    }),
  });
}

/** Only JSON is indented automatically: otherwise, what is sent is what was typed. */
function breakLine(view: EditorView): boolean {
  return (isJson(view.state) ? insertNewlineAndIndent : insertNewline)(view);
}

/** Replaces the content of the editor by a draft. The user can undo that. */
export function showDraft(view: EditorView, { text, format }: Draft): void {
  const { state } = view;
  if (text !== state.sliceDoc()) {
    view.dispatch({
      changes: { from: 0, to: state.doc.length, insert: state.toText(text) },
      selection: { anchor: text.length },
      scrollIntoView: true,
    });
  }
  if (format !== formatOf(view.state)) view.dispatch({ effects: changeFormat(view.state, format) });
}
