import type { JSX, VNode } from 'preact';
import { highlightJson } from '../../../decoders/tokens.ts';
import { FrameFlag, FrameKind } from '../../../protocol/frames.ts';
import { byteCount, dateAndTime, timeOfDay, urlParts, wholeNumber } from '../../format.ts';
import { t } from '../../i18n.ts';
import { isMessage, isReceived } from '../../model/filter.ts';
import { messageTypeOf } from '../../model/message-type-of.ts';
import type { PanelModel } from '../../model/panel-model.ts';
import { directionName, summary, typeName } from '../../words.ts';
import { ReceivedIcon, SentIcon } from '../icons.tsx';

interface FrameRow {
  readonly model: PanelModel;
  readonly row: number;
  /** Which of the list's elements it is drawn into. */
  readonly slot: number;
  readonly index: number;
  readonly isSelected: boolean;
  readonly showsSocket: boolean;
  /** The row above, in the view. */
  readonly before: number | undefined;
}

export function rowId(row: number): string {
  return `frame-${row}`;
}

export function drawRow({ model, row, slot, index, isSelected, showsSocket, before }: FrameRow): VNode {
  const { store } = model;
  const kind = store.kind(row);
  const time = store.time(row);
  const socket = model.socketOf(row);
  const size = store.size(row);
  const delta = before === undefined ? '' : String(Math.max(0, Math.round(time - store.time(before))));
  const url = socket?.record.url ?? '';
  return (
    <div
      key={slot}
      id={rowId(row)}
      class={`row ${rowClass(kind, store.flags(row))}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      data-colour={colourOf(model, row)}
      onMouseDown={(event) => select(event, model, row)}
    >
      <span role="gridcell" class="cell time" title={dateAndTime(time)}>
        {timeOfDay(time)}
      </span>
      <span role="gridcell" class="cell delta">
        {delta}
      </span>
      <span role="gridcell" class="cell direction" title={directionName(kind)}>
        <DirectionMark kind={kind} />
      </span>
      {showsSocket && (
        <span role="gridcell" class="cell socket-cell" title={url}>
          {urlParts(url).path}
        </span>
      )}
      <span role="gridcell" class="cell type">
        <Type kind={kind} type={messageTypeOf(model, row)} />
      </span>
      <span role="gridcell" class="cell length" title={`${wholeNumber(size)} B`}>
        {isMessage(kind) ? <Length size={size} /> : ''}
      </span>
      <span role="gridcell" class="cell data">
        <Marks flags={store.flags(row)} />
        <Data text={summary(store, row, socket)} isJson={isMessage(kind)} />
      </span>
    </div>
  );
}

/** By which a person knows the row's socket again. */
export function colourOf(model: PanelModel, row: number): string | undefined {
  const socket = model.socketOf(row);
  const colour = socket && model.shelf.marks.of(socket).colour;
  return colour === 'none' ? undefined : colour;
}

/** On the way down, because in a running list another row is under the pointer when it comes up. */
function select(event: MouseEvent, model: PanelModel, row: number): void {
  if (event.button === 2 && !model.selection.has(row)) model.selection.select(row); // a menu is about to open
  if (event.button !== 0) return;
  if (event.shiftKey) model.selection.extendTo(row);
  else if (event.ctrlKey || event.metaKey) model.selection.toggle(row);
  else model.selection.select(row);
}

function rowClass(kind: FrameKind, flags: number): string {
  const classes = [KIND_CLASSES[kind]];
  if (flags & FrameFlag.injected) classes.push('is-injected');
  else if (flags & FrameFlag.byPanel) classes.push('is-by-panel');
  if (flags & FrameFlag.discarded) classes.push('is-discarded');
  return classes.join(' ');
}

const KIND_CLASSES: Readonly<Record<FrameKind, string>> = {
  [FrameKind.sentText]: 'is-sent',
  [FrameKind.sentBinary]: 'is-sent',
  [FrameKind.receivedText]: 'is-received',
  [FrameKind.receivedBinary]: 'is-received',
  [FrameKind.open]: 'is-open',
  [FrameKind.error]: 'is-error',
  [FrameKind.close]: 'is-close',
  [FrameKind.gap]: 'is-gap',
  [FrameKind.unseenSent]: 'is-gap',
  [FrameKind.unseenReceived]: 'is-gap',
};

/** What the message's protocol calls it; who cannot see that a chip stands for text is told. */
function Type({ kind, type }: { readonly kind: FrameKind; readonly type: string | undefined }): JSX.Element {
  if (type === undefined) return <>{typeName(kind)}</>;
  return (
    <>
      <span class="for-readers">{`${typeName(kind)} `}</span>
      <bdi class="message-type" title={type}>
        {type}
      </bdi>
    </>
  );
}

/** An arrow or a dot for the eye, the word for everyone else. */
function DirectionMark({ kind }: { readonly kind: FrameKind }): JSX.Element {
  return (
    <>
      {isMessage(kind) ? isReceived(kind) ? <ReceivedIcon /> : <SentIcon /> : <span class="event-dot" />}
      <span class="for-readers">{directionName(kind)}</span>
    </>
  );
}

/** The exact number stands beside a rounded one for whoever cannot hover. */
function Length({ size }: { readonly size: number }): JSX.Element {
  if (size < 1000) return <>{byteCount(size)}</>;
  return (
    <>
      <span aria-hidden="true">{byteCount(size)}</span>
      <span class="for-readers">{`${size} B`}</span>
    </>
  );
}

function Marks({ flags }: { readonly flags: number }): JSX.Element | undefined {
  const marks = [
    flags & FrameFlag.injected ? t('markInjected') : flags & FrameFlag.byPanel ? t('markByPanel') : '',
    flags & FrameFlag.replayed ? t('markReplayed') : '',
    flags & FrameFlag.discarded ? t('markDiscarded') : '',
  ].filter(Boolean);
  if (marks.length === 0) return undefined;
  return <span class="mark">{marks.join(', ')}</span>;
}

/** JSON in colours; punctuation has the colour of the text and so needs no element. */
function Data({ text, isJson }: { readonly text: string; readonly isJson: boolean }): JSX.Element {
  if (!isJson || !/^[{["]/.test(text)) return <bdi>{text}</bdi>;
  const parts: (string | JSX.Element)[] = [];
  let at = 0;
  for (const { kind, start, end } of highlightJson(text, text.length)) {
    if (kind === 'punctuation') continue;
    if (start > at) parts.push(text.slice(at, start));
    // Without a key: texts of one shape follow each other, and only what differs is to change.
    parts.push(<span class={`json-${kind}`}>{text.slice(start, end)}</span>);
    at = end;
  }
  return (
    <bdi>
      {parts}
      {text.slice(at)}
    </bdi>
  );
}
