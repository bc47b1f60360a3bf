import type { LoggedSocket } from '../../../formats/har/read-entry.ts';
import type { Obstacle } from '../documents/obstacle.ts';
import type { PanelSocket } from '../recording/sockets.ts';

/** Where a browser tells of handshakes: in the network log of DevTools (Chrome, Edge), or one by one (Firefox). */
export interface HandshakeSource {
  /** What is known of handshakes that a captured socket may still claim. */
  readonly entries: readonly LoggedSocket[];
  start(): void;
  stop(): void;
  /** A captured socket whose handshake is wanted has opened or failed. */
  socketCame(): void;
  /** The user looks at a socket without a handshake. */
  sought(socket: PanelSocket): void;
  /** The page has been left. */
  pageLeft(): void;
  /** Another page has loaded, with or without our hook. */
  pageChanged(): void;
}

/** What the watch needs to know about the tab. */
export interface WatchedSession {
  readonly obstacle: Obstacle;
  readonly capturedSince: number | undefined;
  readonly isConnecting: boolean;
  hasHeardAll(): Promise<unknown>;
}
