import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { TYPE_MEMBERS } from '../../../decoders/message-types/message-type.ts';
import {
  hiddenTypesText,
  hidesHeartbeats,
  showAllTypes,
  toggleHeartbeats,
} from '../../model/types/choosing.ts';
import { TypeCounting } from '../../model/types/type-counting.ts';
import { TypeOrder } from '../../model/types/type-order.ts';
import { SETTINGS } from '../../settings/schema.ts';
import { wholeNumber } from '../../words/format.ts';
import { t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';
import { useHidingPopover } from '../controls/when-left.ts';
import { TypeList } from './type-list.tsx';

/** Lines that are drawn; who looks for others says which. */
const MOST_LINES = 100;
/** Share of the rows from which on it is not said any more that there are others: some always have only just come. */
const MOSTLY = 0.95;
/** With so many a field helps to find one. */
const MANY = 12;

/** The message types of the sockets that are shown, how many there are of each, and which are seen. */
export function TypesMenu(): JSX.Element {
  const model = useModel();
  void model.revision.value;
  const first = useRef<HTMLButtonElement>(null);
  const [wanted, setWanted] = useState('');
  const counting = useMemo(() => new TypeCounting(model), []);
  const order = useMemo(() => new TypeOrder(), []);
  useEffect(() => {
    first.current?.focus();
    return () => counting.end();
  }, []);
  useHidingPopover(first);
  const shown = model.settings.of(SETTINGS.shownTypes).value;
  const index = counting.look();
  const isCounted = (socket: number) => model.filter.shows(socket);
  const all = order.lines(index.tallies(isCounted), shown);
  const lines = all.filter(({ label }) => label.toLowerCase().includes(wanted.trim().toLowerCase()));
  const others = index.others(isCounted);
  const said = hiddenTypesText(shown);
  return (
    <>
      <div class="types-bar">
        <button
          ref={first}
          type="button"
          class="pill"
          aria-pressed={hidesHeartbeats(shown)}
          title={t('hideHeartbeatsTip')}
          onClick={() => toggleHeartbeats(model)}
        >
          {t('hideHeartbeats')}
        </button>
        <button type="button" class="pill" disabled={said === ''} onClick={() => showAllTypes(model)}>
          {t('showAllTypes')}
        </button>
        <TypeField />
      </div>
      {all.length > MANY && (
        <input
          type="search"
          aria-label={t('findType')}
          placeholder={t('findType')}
          value={wanted}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
      )}
      <TypeList
        lines={lines.slice(0, MOST_LINES)}
        keys={all.map(({ key }) => key)}
        onTouch={(isTouched) => order.hold(isTouched)}
      />
      <p>
        {[
          index.progress < MOSTLY ? t('typesCounting', Math.floor(index.progress * 100)) : '',
          all.length === 0 && !index.isBehind ? t('typesNone') : '',
          lines.length > MOST_LINES ? t('typesMore', wholeNumber(lines.length - MOST_LINES)) : '',
          others > 0 ? t('typesOthers', wholeNumber(others)) : '',
        ]
          .filter(Boolean)
          .join(' ')}
      </p>
    </>
  );
}

/** By which member of a JSON object its type is named. */
function TypeField(): JSX.Element {
  const { settings } = useModel();
  const field = settings.of(SETTINGS.typeField);
  return (
    <label class="types-field" title={t('typeFieldTip')}>
      {t('typeField')}
      <input
        type="text"
        list="type-members"
        value={field.value}
        placeholder={t('typeFieldFound')}
        spellcheck={false}
        autocomplete="off"
        onChange={(event) => {
          field.value = event.currentTarget.value.trim();
        }}
      />
      <datalist id="type-members">
        {TYPE_MEMBERS.map((member) => (
          <option key={member} value={member} />
        ))}
      </datalist>
    </label>
  );
}
