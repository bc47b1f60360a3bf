import type { EditorView } from '@codemirror/view';
import { effect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { targetOf } from '../../model/acting/target.ts';
import { deskOf } from '../../model/composer/desk.ts';
import { sendDraft } from '../../model/composer/sending.ts';
import type { PanelModel } from '../../model/panel-model.ts';
import { SETTINGS } from '../../settings/schema.ts';
import { useModel } from '../context.ts';
import { draftProblems } from './draft-problems.ts';
import { createEditor, showDraft } from './editor/create-editor.ts';
import { checkAgain } from './editor/diagnostics.ts';
import { showTemplateHelp } from './editor/template-help.ts';

/** Where the message is written. */
export function MessageEditor(): JSX.Element {
  const model = useModel();
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(undefined);
  useLayoutEffect(() => {
    const parent = place.current;
    if (!parent) return undefined;
    const view = editorOf(model, parent);
    editor.current = view;
    const stops = [
      effect(() => showDraft(view, model.composer.draft)),
      effect(() => {
        showTemplateHelp(view, model.settings.of(SETTINGS.usesTemplates).value);
        checkAgain(view);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      view.destroy();
    };
  }, [model]);
  const requests = model.composer.focusRequests.value;
  useEffect(() => {
    if (requests > 0) editor.current?.focus();
  }, [requests]);
  return <div ref={place} class="message" />;
}

function editorOf(model: PanelModel, parent: Element): EditorView {
  const { composer } = model;
  const send = (action: 'send' | 'inject') => () => {
    void sendDraft(model, action);
    return true;
  };
  return createEditor({
    parent,
    draft: composer.draft,
    onChange: (text) => {
      if (text !== composer.text.value) composer.write(text);
    },
    keys: [
      { key: 'Mod-Enter', run: send('send'), shift: send('inject') },
      { mac: 'Ctrl-Enter', run: send('send'), shift: send('inject') },
      { key: 'ArrowUp', run: () => recall(model, 1) },
      { key: 'ArrowDown', run: () => recall(model, -1) },
    ],
    problemsOf: (draft) => draftProblems(model, draft),
  });
}

/** In an empty editor, or on an unchanged message from the history, arrow keys walk through the history. */
function recall(model: PanelModel, step: 1 | -1): boolean {
  const { composer } = model;
  const { text, format } = composer.draft;
  const messages = deskOf(model).history.of(targetOf(model)?.record.url);
  const shown = messages.findIndex((message) => message.text === text && message.format === format);
  if (text !== '' && shown === -1) return false;
  const next = messages[shown + step];
  if (next) composer.take(next);
  else if (step === -1 && shown === 0) composer.take({ text: '', format });
  else return text === '' && step === -1 ? false : shown + step >= messages.length;
  return true;
}
