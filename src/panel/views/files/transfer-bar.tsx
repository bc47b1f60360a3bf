import type { ComponentChildren, JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { FileProblem } from '../../../formats/recording.ts';
import type { TransferState } from '../../model/files/transfer-state.ts';
import { fileProblemText } from '../../words/file-problems.ts';
import { byteCount, wholeNumber } from '../../words/format.ts';
import { t } from '../../words/i18n.ts';
import { shownWords } from '../../words/urls.ts';
import { useModel } from '../context.ts';
import { onEscape } from '../controls/on-escape.ts';
import { usePassingFocusOn } from '../controls/pass-focus.ts';

/** How far an export or import is, and what of a file could not be read. */
export function TransferBar(): JSX.Element | null {
  const { transfers } = useModel();
  const state = transfers.state.value;
  switch (state.type) {
    case 'idle':
      return null;
    case 'running':
      return (
        <Bar class="transfer-bar" label={t(state.what)} onLeave={() => transfers.cancel()}>
          <progress max={state.total || undefined} value={state.done} aria-label={t('transferProgress')} />
          <span>{progressText(state)}</span>
          <button type="button" class="pill" onClick={() => transfers.cancel()}>
            {t('cancel')}
          </button>
        </Bar>
      );
    case 'imported-in-part':
      return (
        <Bar class="transfer-bar is-report" label={t('import')} onLeave={() => transfers.dismiss()}>
          <p role="alert">{reportText(state)}</p>
          <button type="button" class="pill" onClick={() => transfers.dismiss()}>
            {t('dismiss')}
          </button>
          <Problems problems={state.problems} count={state.problemCount} />
        </Bar>
      );
  }
}

interface BarProps {
  readonly class: string;
  readonly label: string;
  readonly onLeave: () => void;
  readonly children: ComponentChildren;
}

/** Goes without taking the keyboard with it. */
function Bar({ label, onLeave, children, ...rest }: BarProps): JSX.Element {
  const bar = useRef<HTMLElement>(null);
  usePassingFocusOn(bar);
  return (
    <section ref={bar} class={rest.class} aria-label={label} onKeyDown={onEscape(onLeave)}>
      {children}
    </section>
  );
}

type Running = Extract<TransferState, { type: 'running' }>;

/** How far it is, in words. */
export function progressText({ what, file, done, total }: Running): string {
  if (what === 'export') return t('exportRunning', wholeNumber(done), wholeNumber(total));
  return t('importRunning', shownWords(file), byteCount(done), byteCount(total));
}

type Report = Extract<TransferState, { type: 'imported-in-part' }>;

function reportText({ file, frames, sockets, problemCount }: Report): string {
  const name = shownWords(file);
  const counts = [wholeNumber(frames), wholeNumber(sockets)] as const;
  if (problemCount === 1) return t('importOneProblem', name, ...counts);
  return t('importProblems', name, wholeNumber(problemCount), ...counts);
}

interface ProblemsProps {
  readonly problems: readonly FileProblem[];
  readonly count: number;
}

function Problems({ problems, count }: ProblemsProps): JSX.Element {
  const more = count - problems.length;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard.
    <ul aria-label={t('importProblemList')} tabIndex={0}>
      {problems.map((problem, index) => (
        <li key={index}>{t('problemAtLine', wholeNumber(problem.line), fileProblemText(problem.reason))}</li>
      ))}
      {more > 0 && <li>{t('importMoreProblems', wholeNumber(more))}</li>}
    </ul>
  );
}
