import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { COMMANDS } from '../commands/table.ts';
import { CommandButton } from './commands/command-button.tsx';
import { useModel } from './context.ts';

/** What came of the last action, and the way back for as long as there is one. */
export function NoticeLine(): JSX.Element {
  const { notice, undo } = useModel();
  const { tone, text, undoable } = notice.value ?? {};
  const canUndo = undoable !== undefined && undo.offer.value === undoable;
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The button goes, and would take the keyboard with it.
    const stay = () => line.current?.closest('footer')?.querySelector('button')?.focus();
    line.current?.addEventListener('click', stay);
  }, []);
  return (
    <div ref={line} class={`notice ${tone ? `is-${tone}` : ''}`} aria-live="polite">
      <bdi>{text}</bdi>
      {canUndo && <CommandButton command={COMMANDS.undo} class="link" />}
    </div>
  );
}
