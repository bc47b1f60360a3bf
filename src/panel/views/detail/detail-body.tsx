import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { UNKNOWN_SOCKET } from '../../../decoders/protocol-signs.ts';
import { isMessage } from '../../model/frames/frame-kinds.ts';
import type { DetailTab } from '../../model/panel-model.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';
import { byteCount, timeOfDay } from '../../words/format.ts';
import { t } from '../../words/i18n.ts';
import { payloadAbsence } from '../../words/rows.ts';
import { directionName } from '../../words/words.ts';
import { useModel } from '../context.ts';
import { FrameDiff } from './comparison/frame-diff.tsx';
import { HexView } from './hex/hex-view.tsx';
import { FrameInfo } from './info/frame-info.tsx';
import { SocketInfo } from './info/socket-info.tsx';
import { mqttLayout } from './mqtt-layout.ts';
import { Preview, type PreviewProps } from './preview/preview.tsx';
import { RawTab } from './raw/raw-tab.tsx';
import { EarlierContext, useEarlierValues } from './tree/earlier-context.ts';

/** What the detail shows: the frame of a row or, if none is selected, a socket. */
export type Shown = { readonly row: number } | { readonly socket: PanelSocket };

interface DetailBodyProps {
  readonly shown: Shown;
  readonly tab: DetailTab;
}

export function DetailBody({ shown, tab }: DetailBodyProps): JSX.Element {
  return 'row' in shown ? <FrameBody row={shown.row} tab={tab} /> : <SocketInfo socket={shown.socket} />;
}

/** One frame as one of the tabs shows it. */
function FrameBody({ row, tab }: { readonly row: number; readonly tab: DetailTab }): JSX.Element {
  const model = useModel();
  void model.revision.value; // a payload may have been loaded from disk, or dropped
  const { store } = model;
  // A payload never changes, so it is not cut out of its block or decoded again for each picture.
  const payload = useMemo(() => store.payload(row), [store, row, store.payloadState(row)]);
  const kind = store.kind(row);
  if (tab === 'info') return <FrameInfo row={row} />;
  if (!isMessage(kind)) return <EventText row={row} />;
  if (payload === undefined) return <NoPayload row={row} />;
  const socket = model.socketOf(row)?.words ?? UNKNOWN_SOCKET;
  const title = `${directionName(kind)} · ${byteCount(store.size(row))} · ${timeOfDay(store.time(row))}`;
  switch (tab) {
    case 'preview':
      return <FramePreview row={row} payload={payload} title={title} socket={socket} />;
    case 'raw':
      return <RawTab key={row} payload={payload} socket={socket} />;
    case 'hex':
      return <HexView key={row} payload={payload} />;
    case 'diff':
      return <FrameDiff key={row} row={row} payload={payload} />;
  }
}

type FramePreviewProps = Pick<PreviewProps, 'row' | 'payload' | 'title' | 'socket'>;

/** A message's preview, with its numbers compared with those of the previous message. */
function FramePreview(shown: FramePreviewProps): JSX.Element {
  const model = useModel();
  const { row } = shown;
  return (
    <EarlierContext.Provider value={useEarlierValues(model, row)}>
      <Preview {...shown} mqttLayout={() => mqttLayout(model, row)} />
    </EarlierContext.Provider>
  );
}

/** Explains why there is nothing to show, or not yet. */
function NoPayload({ row }: { readonly row: number }): JSX.Element {
  const { store, revision } = useModel();
  void revision.value;
  store.want(row);
  return <p class="dim pad">{payloadAbsence(store, row) ?? t('payloadNotThere')}</p>;
}

function EventText({ row }: { readonly row: number }): JSX.Element {
  const model = useModel();
  return (
    <>
      <FrameInfo row={row} />
      {model.store.gap(row) && <p class="dim pad">{t('gapExplanation')}</p>}
    </>
  );
}
