import type { EditorView } from '@codemirror/view';
import { effect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { sendDraft } from '../../model/composer/sending.ts';
import type { PanelModel } from '../../model/panel-model.ts';
import { useModel } from '../context.ts';
import { createEditor, showDraft } from './editor/create-editor.ts';

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
    const stop = effect(() => showDraft(view, model.composer.draft));
    return () => {
      stop();
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
      composer.text.value = text;
    },
    keys: [
      { key: 'Mod-Enter', run: send('send'), shift: send('inject') },
      { mac: 'Ctrl-Enter', run: send('send'), shift: send('inject') },
    ],
  });
}
