/**
 * Tells panels of the handshakes of their tab's sockets, in Firefox. The network log of DevTools has them too, but whoever asks for it
 * has Firefox make a record of every frame, for its own Network panel (`server/actors/resources/websockets.js`): a page then receives
 * at a tenth of its speed.
 */
import browser, { type Runtime, type WebRequest } from 'webextension-polyfill';
import type { HandshakeReport } from '../protocol/panel-line.ts';

/** Requests without an answer of which the beginning is kept, for each panel. */
const MOST_UNANSWERED = 1000;

type Sent = WebRequest.OnSendHeadersDetailsType;

/** Reports each handshake that a server answers, for as long as the panel is there. */
export function reportHandshakes(panel: Runtime.Port, tabId: number): void {
  const { onSendHeaders, onResponseStarted, onErrorOccurred } = browser.webRequest;
  const filter: WebRequest.RequestFilter = { urls: ['<all_urls>'], types: ['websocket'], tabId };
  const unanswered = new Map<string, Sent>();
  const sending = (request: Sent) => {
    unanswered.set(request.requestId, request);
    const [oldest] = unanswered.keys();
    if (unanswered.size > MOST_UNANSWERED && oldest !== undefined) unanswered.delete(oldest);
  };
  const answered = (answer: WebRequest.OnResponseStartedDetailsType) => {
    panel.postMessage(reportOf(answer, unanswered.get(answer.requestId)));
    unanswered.delete(answer.requestId);
  };
  const failed = ({ requestId }: WebRequest.OnErrorOccurredDetailsType) => {
    unanswered.delete(requestId);
  };
  onSendHeaders.addListener(sending, filter, ['requestHeaders']);
  // Unlike the arrival of headers, once for each request: what is answered to a password counts, and not that one is asked for.
  onResponseStarted.addListener(answered, filter, ['responseHeaders']);
  onErrorOccurred.addListener(failed, filter);
  panel.onDisconnect.addListener(() => {
    onSendHeaders.removeListener(sending);
    onResponseStarted.removeListener(answered);
    onErrorOccurred.removeListener(failed);
  });
}

function reportOf(answer: WebRequest.OnResponseStartedDetailsType, sent: Sent | undefined): HandshakeReport {
  const { requestId, url, frameId, statusLine, statusCode, responseHeaders = [] } = answer;
  // Requests of workers bear the number of a frame as well, that of the page around them.
  const isOfDocument = 'frameAncestors' in answer;
  return {
    type: 'handshake',
    requestId,
    url,
    frameId: isOfDocument ? frameId : undefined,
    sentAt: sent?.timeStamp,
    requestHeaders: sent?.requestHeaders ?? [],
    statusLine,
    status: statusCode,
    responseHeaders,
  };
}
