import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { showOnlyType, withoutType, withType } from '../../model/types/choosing.ts';
import type { TypeLine } from '../../model/types/type-order.ts';
import { SETTINGS } from '../../settings/schema.ts';
import { byteCount, wholeNumber } from '../../words/format.ts';
import { t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';
import { targetOfKey } from '../controls/list-keys.ts';

/** Lines that the page keys pass over. */
const PAGE = 10;

interface TypeListProps {
  readonly lines: readonly TypeLine[];
  /** Of all types, also of those that are not listed. */
  readonly keys: readonly string[];
  /** The pointer or the keyboard is in the list, or has left it. */
  readonly onTouch: (isTouched: boolean) => void;
}

/** One stop of the Tab key for the boxes and one for the buttons: the arrow keys lead from line to line. */
export function TypeList({ lines, keys, onTouch }: TypeListProps): JSX.Element {
  const [stop, setStop] = useState<string>();
  const current = lines.find(({ key }) => key === stop) ?? lines[0];
  return (
    <ul
      class="type-lines"
      aria-label={t('messageTypes')}
      onMouseEnter={() => onTouch(true)}
      onMouseLeave={({ currentTarget }) => onTouch(currentTarget.contains(document.activeElement))}
      onFocusIn={() => onTouch(true)}
      onFocusOut={({ currentTarget }) => onTouch(currentTarget.matches(':hover'))}
      onKeyDown={onKey}
    >
      {lines.map((line) => (
        <TypeListLine
          key={line.key}
          line={line}
          keys={keys}
          tabIndex={line === current ? 0 : -1}
          onFocus={() => setStop(line.key)}
        />
      ))}
    </ul>
  );
}

interface LineProps {
  readonly line: TypeLine;
  readonly keys: readonly string[];
  readonly tabIndex: number;
  readonly onFocus: () => void;
}

function TypeListLine({ line, keys, tabIndex, onFocus }: LineProps): JSX.Element {
  const model = useModel();
  const { key, label, messages, bytes, isShown } = line;
  const shown = model.settings.of(SETTINGS.shownTypes);
  return (
    <li onFocusIn={onFocus}>
      <label>
        <input
          type="checkbox"
          checked={isShown}
          tabIndex={tabIndex}
          onChange={() => {
            shown.value = isShown ? withoutType(shown.value, key) : withType(shown.value, key, keys);
          }}
        />
        <bdi class="type-label" title={label}>
          {label}
        </bdi>
        <span class="type-messages">
          {wholeNumber(messages)}
          <span class="for-readers">{` ${t(messages === 1 ? 'typeMessage' : 'typeMessages')}`}</span>
        </span>
        <span class="type-bytes">{byteCount(bytes)}</span>
      </label>
      <button
        type="button"
        class="type-only"
        tabIndex={tabIndex}
        aria-label={t('onlyTypeOf', label)}
        onClick={() => showOnlyType(model, key)}
      >
        {t('onlyThis')}
      </button>
    </li>
  );
}

function onKey(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const { target, key } = event;
  if (!(target instanceof HTMLElement)) return;
  const line = target.closest('li');
  const kind = target.localName;
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    line?.querySelector<HTMLElement>(kind === 'input' ? 'button' : 'input')?.focus();
  } else {
    const all = [...event.currentTarget.querySelectorAll('li')];
    const at = line ? all.indexOf(line) : -1;
    const next = targetOfKey(key, at, { count: all.length, page: PAGE });
    if (next === undefined) return;
    all[Math.min(Math.max(next, 0), all.length - 1)]?.querySelector<HTMLElement>(kind)?.focus();
  }
  event.preventDefault();
  event.stopPropagation();
}
