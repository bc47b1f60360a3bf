import { json } from '@codemirror/lang-json';
import {
  Compartment,
  EditorState,
  type Extension,
  Facet,
  type StateEffect,
  type Text,
} from '@codemirror/state';
import { looksLikeJson } from '../../../../decoders/json/document.ts';
import type { ComposerFormat } from '../../../model/composer/composer.ts';

const format = Facet.define<ComposerFormat, ComposerFormat>({ combine: ([first]) => first ?? 'text' });
const formats = new Compartment();
const languages = new Compartment();
const JSON_LANGUAGE = json();
const NO_LANGUAGE: Extension = [];

/** Most UTF-16 units of white space that are skipped before the first bracket. */
const HEAD = 1_000;

/** The format of the draft, with JSON's colours and indentation if it looks like JSON. */
export function formatExtension(initial: ComposerFormat, text: string): Extension {
  return [
    formats.of(format.of(initial)),
    languages.of(languageOf(initial, text)),
    EditorState.transactionExtender.of((transaction) => {
      if (!transaction.docChanged) return null;
      const { startState, newDoc } = transaction;
      const wanted = languageOf(startState.facet(format), head(newDoc));
      return languages.get(startState) === wanted ? null : { effects: languages.reconfigure(wanted) };
    }),
  ];
}

export function formatOf(state: EditorState): ComposerFormat {
  return state.facet(format);
}

export function isJson(state: EditorState): boolean {
  return languages.get(state) === JSON_LANGUAGE;
}

/** Changes the format of the editor's content. */
export function changeFormat(state: EditorState, wanted: ComposerFormat): StateEffect<unknown>[] {
  return [formats.reconfigure(format.of(wanted)), languages.reconfigure(languageOf(wanted, head(state.doc)))];
}

function languageOf(wanted: ComposerFormat, text: string): Extension {
  const hasJson = wanted === 'json' || (wanted === 'text' && looksLikeJson(text));
  return hasJson ? JSON_LANGUAGE : NO_LANGUAGE;
}

function head(text: Text): string {
  return text.sliceString(0, HEAD, '\n');
}
