/** One line of an HTTP head. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

/** The opening handshake of a socket, as far as the browser or a file tells of it. */
export interface Handshake {
  /** HTTP status; 0 while there is no answer, or if there never was one. */
  readonly status: number;
  /** The server's reason phrase; can be empty. */
  readonly statusText: string;
  /** As in `HTTP/1.1`; can be empty. */
  readonly httpVersion: string;
  readonly requestHeaders: readonly Header[];
  readonly responseHeaders: readonly Header[];
  /** Call stack of the constructor call in V8's format, including asynchronous callers, without our own calls; empty if the log has none. */
  readonly initiator: string;
  /** The browser's explanation for a failed connection; can be empty. */
  readonly failure: string;
}

/** The value of a header, whatever case its name is in; empty if it is not there. */
export function headerOf(all: readonly Header[], name: string): string {
  return all.find((header) => header.name.toLowerCase() === name)?.value ?? '';
}
