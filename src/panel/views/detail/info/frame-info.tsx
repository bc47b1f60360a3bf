import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { FrameFlag } from '../../../../protocol/frames.ts';
import type { Gap } from '../../../../store/frame-store.ts';
import { isMessage, isSent } from '../../../model/frames/frame-kinds.ts';
import type { PanelModel } from '../../../model/panel-model.ts';
import { numberInSocket } from '../../../session/recording/numbers.ts';
import type { PanelSocket } from '../../../session/recording/sockets.ts';
import { closeCodeMeaning, describeClose } from '../../../words/events.ts';
import { dateAndTime, duration, exactBytes, wholeNumber } from '../../../words/format.ts';
import { t } from '../../../words/i18n.ts';
import { summary } from '../../../words/rows.ts';
import { directionName, gapReason, typeName } from '../../../words/words.ts';
import { useModel } from '../../context.ts';
import { Fact, Facts, Stack } from '../../controls/facts.tsx';
import { SocketInfo } from './socket-info.tsx';

/** Times, sizes, call stack and socket of one frame. */
export function FrameInfo({ row }: { readonly row: number }): JSX.Element {
  const model = useModel();
  void model.revision.value;
  const { store } = model;
  const kind = store.kind(row);
  const socket = model.socketOf(row);
  const close = store.close(row);
  const opened = socket?.record.openedAt;
  const time = store.time(row);
  const gap = store.gap(row);
  const number = useMemo(() => numberText(model, row), [store, row]);
  return (
    <div class="info">
      <Facts title={t('infoFrame')}>
        <Fact
          name={t('infoKind')}
        >{`${directionName(kind)}${isMessage(kind) ? ` · ${typeName(kind)}` : ''}`}</Fact>
        <Fact name={t('infoNumber')}>{gap ? gapNumbers(gap, socket) : number}</Fact>
        <Fact name={t('infoTime')}>{dateAndTime(time)}</Fact>
        <Fact name={t('infoSinceOpen')}>
          {opened !== undefined && time >= opened ? duration(time - opened) : undefined}
        </Fact>
        <Fact name={t('infoLength')}>{isMessage(kind) ? exactBytes(store.size(row)) : undefined}</Fact>
        <Fact name={t('infoMarks')}>{markText(store.flags(row))}</Fact>
        <Fact name={t('infoClose')}>{close && describeClose(close)}</Fact>
        <Fact name={t('infoMeaning')}>{close && closeCodeMeaning(close.code)}</Fact>
        <Fact name={t('infoWhat')}>{isMessage(kind) || close ? undefined : summary(store, row, socket)}</Fact>
        <Fact name={t('infoReason')}>{gap && gapReason(gap.reason)}</Fact>
      </Facts>
      {isSent(kind) && <Stack stack={store.stack(row)} title={t('infoSentBy')} />}
      {socket && <SocketInfo socket={socket} />}
    </div>
  );
}

function numberText(model: PanelModel, row: number): string | undefined {
  const number = numberInSocket(model.session.recorder, row);
  return number === undefined ? undefined : t('numberOfSocket', wholeNumber(number));
}

function gapNumbers({ first, frames }: Gap, socket: PanelSocket | undefined): string | undefined {
  if (first === undefined) return undefined;
  const key = socket ? 'numbersOfSocket' : 'numbersOfPage';
  return t(key, wholeNumber(first), wholeNumber(first + frames - 1));
}

function markText(flags: number): string {
  return [
    flags & FrameFlag.injected ? t('infoInjected') : flags & FrameFlag.byPanel ? t('infoByPanel') : '',
    flags & FrameFlag.replayed ? t('infoReplayed') : '',
    flags & FrameFlag.edited ? t('infoEdited') : '',
    flags & FrameFlag.discarded ? t('infoDiscarded') : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
