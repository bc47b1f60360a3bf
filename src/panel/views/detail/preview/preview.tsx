import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { decodeUtf8 } from '../../../../decoders/bytes/bytes.ts';
import { areValues, type Envelope, headsOf } from '../../../../decoders/envelope.ts';
import type { JsonDocument } from '../../../../decoders/json/document.ts';
import { mqttAsJson, readMqtt } from '../../../../decoders/mqtt/message.ts';
import type { MqttLayout } from '../../../../decoders/mqtt/packets.ts';
import {
  classify,
  mayBeJson,
  type Payload,
  type PayloadView,
  PREVIEW_LIMIT,
  viewOfJson,
} from '../../../../decoders/payload.ts';
import type { SocketWords } from '../../../../decoders/protocol-signs.ts';
import { socketIoHead } from '../../../../decoders/socket-io-head.ts';
import { spokenOn } from '../../../../decoders/spoken.ts';
import { byteCount, wholeNumber } from '../../../words/format.ts';
import { t } from '../../../words/i18n.ts';
import { jsonErrorText } from '../../../words/json-errors.ts';
import { shownWords } from '../../../words/urls.ts';
import { HexView } from '../hex/hex-view.tsx';
import { RawView } from '../raw/raw-view.tsx';
import { JsonTree } from '../tree/json-tree.tsx';
import { LARGE, useJson } from './large-json.ts';
import { useMessage } from './message.ts';
import { ReadingBar } from './reading-bar.tsx';

export interface PreviewProps {
  /** Number of the frame. A tree passes to the next frame's preview with its elements, which cost most; all else is made anew. */
  readonly row: number;
  readonly payload: string | Uint8Array;
  readonly title: string;
  readonly socket: SocketWords;
  /** How packets of MQTT are laid out on the socket; asked for only where there are some. */
  readonly mqttLayout?: () => MqttLayout | undefined;
}

/** So that the topics of a SUBSCRIBE can be read. */
const MQTT_LEVELS = 4;

const TEXT: PayloadView = { view: 'text' };

/** The payload as a tree if it is JSON, or has JSON in what its protocol puts around it; else as text, else as bytes. */
export function Preview({ row, payload, title, socket, mqttLayout }: PreviewProps): JSX.Element {
  const { envelope, document, isReading, trouble } = useMessage(payload, socket);
  const values = envelope && areValues(envelope) && document?.ok ? document : undefined;
  if (envelope && !areValues(envelope) && document?.ok)
    return <Enveloped row={row} envelope={envelope} document={document} title={title} />;
  if (isReading && !mayBeValues(payload, socket)) return <Reading length={payload.length} />;
  if (typeof payload === 'string') return <BarePreview row={row} payload={payload} title={title} />;
  if (spokenOn(socket, 'bytes') === 'MQTT') {
    return <MqttPreview row={row} payload={payload} title={title} layout={mqttLayout?.()} />;
  }
  return (
    <>
      {socket.url !== '' && <ReadingBar key={row} socket={socket} envelope={envelope} trouble={trouble} />}
      {values ? (
        <JsonTree row={row} document={values} title={title} />
      ) : isReading ? (
        <p class="dim pad" role="status">
          {t('readingMessage', byteCount(payload.length))}
        </p>
      ) : socket.reading === 'bytes' ? (
        <HexView key={row} payload={payload} />
      ) : (
        <BarePreview row={row} payload={payload} title={title} />
      )}
    </>
  );
}

/** Whether a message is shown with the choice as what it is read. */
function mayBeValues(payload: Payload, socket: SocketWords): boolean {
  return typeof payload !== 'string' && spokenOn(socket, 'bytes') !== 'MQTT';
}

interface EnvelopedProps extends Pick<PreviewProps, 'row'> {
  readonly envelope: Envelope;
  readonly document: JsonDocument;
  readonly title: string;
}

/** What a protocol has put around JSON stands above its tree. */
function Enveloped({ row, envelope, document, title }: EnvelopedProps): JSX.Element {
  const { protocol, packets, values } = envelope;
  const { length } = packets;
  const words =
    length > 1
      ? t('jsonWithinPackets', protocol, length)
      : t('jsonWithinPacket', protocol, values?.reading ?? 'JSON');
  const heads = headsOf(envelope);
  return (
    <>
      <p class="dim pad envelope">
        {words} {heads && <code>{heads}</code>}
        {protocol === 'Socket.IO' && socketIoWords(heads)}
      </p>
      <JsonTree row={row} document={document} title={title} />
    </>
  );
}

/** What stands in digits before the JSON, in the protocol's own words. */
function socketIoWords(heads: string): string {
  const head = socketIoHead(heads);
  if (!head) return '';
  const { packet, namespace, id, attachments } = head;
  const parts = [
    packet,
    namespace && shownWords(namespace),
    id && t('packetAck', shownWords(id)),
    attachments > 0 && t('packetAttachments', wholeNumber(attachments)),
  ];
  return ` ${parts.filter(Boolean).join(' · ')}`;
}

interface MqttPreviewProps extends Pick<PreviewProps, 'row'> {
  readonly payload: Uint8Array;
  readonly title: string;
  readonly layout: MqttLayout | undefined;
}

/** What packets say that hold no JSON. */
function MqttPreview({ row, payload, title, layout }: MqttPreviewProps): JSX.Element {
  const message = useMemo(() => readMqtt(payload, layout), [payload, layout]);
  const document = useJson(useMemo(() => message && mqttAsJson(message), [message]));
  if (!message) return <BarePreview row={row} payload={payload} title={title} />;
  if (!document) return <Reading length={payload.length} />;
  const isSure = message.packets.every((packet) => packet.isSure);
  return (
    <>
      <p class="dim pad">{isSure ? t('mqttDecoded') : t('mqttGuessed')}</p>
      <JsonTree row={row} document={document} title={title} levels={MQTT_LEVELS} />
    </>
  );
}

type BarePreviewProps = Pick<PreviewProps, 'row' | 'payload' | 'title'>;

function BarePreview({ row, payload, title }: BarePreviewProps): JSX.Element {
  const isLarge = payload.length > LARGE && payload.length <= PREVIEW_LIMIT && mayBeJson(payload);
  const large = useJson(isLarge ? payload : undefined);
  const decoded = useMemo(
    () => (isLarge ? large && (viewOfJson(large) ?? TEXT) : classify(payload)),
    [payload, isLarge, large],
  );
  switch (decoded?.view) {
    case undefined:
      return <Reading length={payload.length} />;
    case 'json':
      return <JsonTree row={row} document={decoded.document} title={title} />;
    case 'broken-json':
      return (
        <>
          {decoded.document.error && (
            <p class="problem" role="note">
              {t('notJson', jsonErrorText(decoded.document.error))}
            </p>
          )}
          {decoded.document.root !== undefined && (
            <JsonTree row={row} document={decoded.document} title={title} />
          )}
          <RawView key={row} payload={payload} mark={decoded.document.error?.offset} />
        </>
      );
    case 'text':
      return <RawView key={row} payload={payload} />;
    case 'bytes':
      return <BytesPreview row={row} payload={payload} hint={decoded.hint} title={title} />;
    case 'too-large':
      return (
        <>
          <p class="problem" role="note">
            {t('tooLargeToPreview', byteCount(decoded.limit))}
          </p>
          <RawView key={row} payload={payload} />
        </>
      );
  }
}

interface BytesPreviewProps extends BarePreviewProps {
  readonly hint: 'json' | 'text' | 'none';
}

/** Bytes that are UTF-8 can be read as text; that they were sent as bytes is said first. */
function BytesPreview({ row, payload, hint, title }: BytesPreviewProps): JSX.Element {
  const text = useMemo(
    () => (hint === 'none' || typeof payload === 'string' ? undefined : decodeUtf8(payload).text),
    [payload, hint],
  );
  const isJson = text !== undefined && hint === 'json';
  const document = useJson(isJson ? text : undefined);
  if (text === undefined) return <HexView key={row} payload={payload} />;
  if (isJson && !document) return <Reading length={text.length} />;
  return (
    <>
      <p class="dim pad">{t('bytesAsText')}</p>
      {document?.ok ? (
        <JsonTree row={row} document={document} title={title} />
      ) : (
        <RawView key={row} payload={text} />
      )}
    </>
  );
}

/** Large JSON is being read. */
function Reading({ length }: { readonly length: number }): JSX.Element {
  return (
    <p class="dim pad" role="status">
      {t('readingJson', byteCount(length))}
    </p>
  );
}
