import type { Header } from '../../../formats/handshake.ts';
import type { LoggedSocket } from '../../../formats/har/read-entry.ts';
import type { HandshakeReport, ReportedHeader } from '../../../protocol/panel-line.ts';

/** What Firefox reports of a handshake, in the words of a network log. */
export function readReport(report: HandshakeReport): LoggedSocket {
  const { requestId, url, frameId, sentAt, status, statusLine } = report;
  const [, httpVersion = '', statusText = ''] = /^(\S*)(?: \d+(?: (.*))?)?$/.exec(statusLine) ?? [];
  return {
    key: requestId,
    isSettled: true,
    url,
    startedAt: sentAt,
    endedAt: undefined,
    frameId,
    handshake: {
      status,
      statusText,
      httpVersion,
      requestHeaders: report.requestHeaders.map(readHeader),
      responseHeaders: report.responseHeaders.map(readHeader),
      initiator: '',
      failure: '',
    },
    creator: 'unknown',
    scripts: [],
    messages: undefined,
  };
}

/** Bytes that are not UTF-8 are read as HTTP's older recommendation has it, as ISO 8859-1 (RFC 9110 section 5.5). */
function readHeader({ name, value, binaryValue = [] }: ReportedHeader): Header {
  return { name, value: value ?? String.fromCharCode(...binaryValue) };
}
