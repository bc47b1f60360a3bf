import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { COMMANDS } from '../../commands/table.ts';
import type { Notice } from '../../model/panel-model.ts';
import { CommandButton } from '../commands/command-button.tsx';
import { useModel } from '../context.ts';

interface NoticeLineProps {
  /** One that was told before, and elsewhere. */
  readonly before?: Notice | undefined;
}

/** The outcome of the last action, with a button to undo it while that is possible. */
export function NoticeLine({ before }: NoticeLineProps): JSX.Element {
  const { notice, undo } = useModel();
  const { tone, text, undoable } = (notice.value !== before && notice.value) || {};
  const canUndo = undoable !== undefined && undo.offer.value === undoable;
  const line = useRef<HTMLDivElement>(null);
  const said = useRef({ notice: notice.value, times: 0 });
  if (said.current.notice !== notice.value)
    said.current = { notice: notice.value, times: said.current.times + 1 };
  useEffect(() => {
    // The button disappears, and would take the focus with it.
    const stay = () => line.current?.closest('footer')?.querySelector('button')?.focus();
    line.current?.addEventListener('click', stay);
  }, []);
  return (
    <div ref={line} class={`notice ${tone ? `is-${tone}` : ''}`} aria-live="polite">
      {/* An element of its own for each: who does the same twice is told twice. */}
      <NoticeText key={said.current.times} text={text} />
      {canUndo && <CommandButton command={COMMANDS.undo} class="link" />}
    </div>
  );
}

/** The keyboard comes to one that finds no room; then it stands above the line as a whole. */
function NoticeText({ text }: { readonly text: string | undefined }): JSX.Element {
  const place = useRef<HTMLElement>(null);
  const [isCut, setIsCut] = useState(false);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const look = () => {
      if (element !== document.activeElement) setIsCut(element.scrollWidth > element.clientWidth);
    };
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <bdi ref={place} title={text} tabIndex={isCut ? 0 : undefined}>
      {text}
    </bdi>
  );
}
