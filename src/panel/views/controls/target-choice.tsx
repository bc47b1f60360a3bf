import type { JSX, VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { targetOf } from '../../model/acting/target.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';
import { t } from '../../words/i18n.ts';
import { shownUrl } from '../../words/urls.ts';
import { readyStateName } from '../../words/words.ts';
import { useModel } from '../context.ts';

/** Sockets to choose from, the newest: browsers keep no more than 255 open, and what a page makes up must not fill the panel with elements. */
const MOST = 500;

/** Which socket messages go to: the open ones, and the present one whatever its state. */
export function TargetChoice({ label }: { readonly label: string }): JSX.Element {
  const model = useModel();
  void model.recorded.value;
  const target = targetOf(model);
  const choices = choicesOf(model.sockets(), target);
  const state = choices.map(({ number, readyState }) => `${number} ${readyState}`).join();
  const options = useMemo(() => choices.map(drawChoice), [state]);
  return (
    <select
      class="target"
      aria-label={label}
      value={target ? String(target.number) : ''}
      onChange={(event) => {
        model.chosenTarget.value = Number(event.currentTarget.value);
      }}
    >
      {choices.length === 0 && <option value="">{t('noOpenSocket')}</option>}
      {options}
    </select>
  );
}

function choicesOf(sockets: readonly PanelSocket[], target: PanelSocket | undefined): readonly PanelSocket[] {
  const all = sockets.filter((socket) => (socket.isOpen && !socket.readOnly) || socket === target);
  if (all.length <= MOST) return all;
  const newest = all.slice(-MOST);
  return target && !newest.includes(target) ? [target, ...newest] : newest;
}

function drawChoice(socket: PanelSocket): VNode {
  return (
    <option key={socket.number} value={String(socket.number)}>
      {targetName(socket)}
    </option>
  );
}

function targetName({ number, record, readyState, isOpen, readOnly }: PanelSocket): string {
  const { path, host } = shownUrl(record.url);
  const marks = [isOpen ? '' : readyStateName(readyState), readOnly ? t('readOnlyShort') : ''];
  return [path, host, `#${number}`, ...marks].filter(Boolean).join(' · ');
}
