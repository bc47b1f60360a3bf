import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { stackLines } from '../../../../decoders/stack.ts';
import type { Handshake, Header } from '../../../../formats/handshake.ts';
import { copyText } from '../../../platform/copy.ts';
import type { PanelSocket } from '../../../session/recording/sockets.ts';
import { isStatusLost, refusalOf, statusOf } from '../../../words/events.ts';
import { t } from '../../../words/i18n.ts';
import { useModel } from '../../context.ts';
import { Fact, Facts } from '../../controls/facts.tsx';

/** The opening handshake of a socket, looked for in the network log where it is not known yet. */
export function HandshakeInfo({ socket }: { readonly socket: PanelSocket }): JSX.Element {
  const model = useModel();
  const { handshake } = socket;
  useEffect(() => model.session.wantHandshake(socket), [model, socket]);
  if (!handshake) {
    return (
      <>
        <h3>{t('infoHandshake')}</h3>
        <p class="note">{t(model.isHandshakeAbsent(socket) ? 'handshakeAbsent' : 'handshakeSought')}</p>
      </>
    );
  }
  return (
    <div class="handshake">
      <button
        type="button"
        class="link handshake-copy"
        title={t('copyHandshake')}
        onClick={() => copyText(headOf(socket.record.url, handshake))}
      >
        {t('copy')}
      </button>
      <Facts title={t('infoHandshake')}>
        <Fact name={t('infoStatus')}>{statusText(handshake)}</Fact>
        <Fact name={t('infoFailure')}>{handshake.failure}</Fact>
        <Fact name={t('infoInitiator')}>{initiatorPlace(handshake)}</Fact>
      </Facts>
      <Headers title={t('infoRequestHeaders')} headers={handshake.requestHeaders} />
      <Headers title={t('infoResponseHeaders')} headers={handshake.responseHeaders} />
      {handshake.responseHeaders.length === 0 && handshake.status > 0 && (
        <p class="note">{t('handshakeNoHeaders')}</p>
      )}
    </div>
  );
}

/** As plain text: what a server writes is shown, never more. */
function Headers({
  title,
  headers,
}: {
  readonly title: string;
  readonly headers: readonly Header[];
}): JSX.Element | null {
  if (headers.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <dl class="headers">
        {headers.map(({ name, value }) => (
          <>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </>
        ))}
      </dl>
    </>
  );
}

function statusText(handshake: Handshake): string {
  if (handshake.status === 0 && handshake.failure) return '';
  if (handshake.status === 0) {
    return t(isStatusLost(handshake) ? 'handshakeStatusLost' : 'handshakeUnanswered');
  }
  return refusalOf(handshake) || statusOf(handshake);
}

/** Where in the page's scripts it began, as the network panel says it. */
function initiatorPlace({ initiator }: Handshake): string | undefined {
  const source = stackLines(initiator).find((line) => line.source)?.source;
  return source && `${source.url}:${source.line}:${source.column}`;
}

/** Request and response as they would stand on the wire. */
function headOf(url: string, { requestHeaders, responseHeaders, httpVersion, ...answer }: Handshake): string {
  const version = httpVersion || 'HTTP/1.1';
  const lines = (headers: readonly Header[]) => headers.map(({ name, value }) => `${name}: ${value}`);
  const request = [`GET ${url} ${version}`, ...lines(requestHeaders), ''];
  if (answer.status === 0) return request.join('\n');
  const status = statusOf({ ...answer, requestHeaders, responseHeaders, httpVersion });
  return [...request, `${version} ${status}`, ...lines(responseHeaders), ''].join('\n');
}
