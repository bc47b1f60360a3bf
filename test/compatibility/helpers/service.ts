import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** A WebSocket service for the pages, found by the first part of its path: `/echo`. */
export interface Service {
  readonly path: string;
  /** Answers an upgrade request; left out by those that listen to the HTTP server themselves. */
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Answers what is no page of ours and below the service's path; true if it did. */
  request?(request: IncomingMessage, response: ServerResponse): boolean;
  close(): Promise<void>;
}

export type ServiceMaker = (http: Server) => Service | Promise<Service>;
