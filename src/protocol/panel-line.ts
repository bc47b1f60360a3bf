/** The line between a panel and Firefox's background, which can do what panels cannot there: see requests, and change workers. */

/** Panel → background. */
export type LineRequest = 'workers-on' | 'workers-off' | 'still-there';

/** Background → panel. */
export type LineReport = WorkersReport | HandshakeReport;

/** Sent initially and whenever the capture of workers is switched. */
export interface WorkersReport {
  readonly type: 'workers';
  readonly isOn: boolean;
}

/** A server has answered the opening handshake of a socket of the inspected tab. */
export interface HandshakeReport {
  readonly type: 'handshake';
  /** The browser's own name for it, unique as long as it runs. */
  readonly requestId: string;
  readonly url: string;
  /** Of the document that opened the socket; undefined for a worker's. */
  readonly frameId: number | undefined;
  /** ms since the epoch; undefined, with the headers of the request, if the background was not there to see it. */
  readonly sentAt: number | undefined;
  readonly requestHeaders: readonly ReportedHeader[];
  /** As in `HTTP/1.1 101 Switching Protocols` (RFC 9112 section 4). */
  readonly statusLine: string;
  readonly status: number;
  readonly responseHeaders: readonly ReportedHeader[];
}

/** As Firefox has it: `binaryValue`, bytes, where the value is not UTF-8. */
export interface ReportedHeader {
  readonly name: string;
  readonly value?: string | undefined;
  readonly binaryValue?: readonly number[] | undefined;
}

/** The message, if it is a report; its headers are the background's word. */
export function asLineReport(message: unknown): LineReport | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const report = message as Partial<Record<keyof WorkersReport | keyof HandshakeReport, unknown>>;
  const { type, isOn, requestId, url, frameId, sentAt, statusLine, status } = report;
  if (type === 'workers') return { type, isOn: isOn === true };
  if (type !== 'handshake' || typeof requestId !== 'string') return undefined;
  if (typeof url !== 'string' || typeof status !== 'number') return undefined;
  return {
    type,
    requestId,
    url,
    frameId: typeof frameId === 'number' ? frameId : undefined,
    sentAt: typeof sentAt === 'number' ? sentAt : undefined,
    requestHeaders: asHeaders(report.requestHeaders),
    statusLine: typeof statusLine === 'string' ? statusLine : '',
    status,
    responseHeaders: asHeaders(report.responseHeaders),
  };
}

function asHeaders(value: unknown): ReportedHeader[] {
  return Array.isArray(value) ? value.flatMap(asHeader) : [];
}

function asHeader(header: unknown): ReportedHeader[] {
  if (typeof header !== 'object' || header === null) return [];
  const { name, value, binaryValue } = header as Partial<Record<keyof ReportedHeader, unknown>>;
  if (typeof name !== 'string') return [];
  if (typeof value === 'string') return [{ name, value }];
  const bytes = Array.isArray(binaryValue) ? binaryValue.filter((byte) => typeof byte === 'number') : [];
  return [{ name, binaryValue: bytes }];
}

/** Name of the port by which a panel says that it inspects a tab. */
export function panelLineName(tabId: number): string {
  return `framescope-panel:${tabId}`;
}

/** Parses a {@link panelLineName}; undefined for any other name. */
export function parsePanelLineName(name: string): number | undefined {
  const match = /^framescope-panel:(\d+)$/.exec(name);
  return match ? Number(match[1]) : undefined;
}
