import type { Bridge } from '../browser/bridge.ts';
import type { Recorder } from '../recording/recorder.ts';
import type { PanelSocket } from '../recording/sockets.ts';
import { Joining } from './joining.ts';
import { type LogBridge, LogSource } from './log-source.ts';
import { ReportSource } from './report-source.ts';
import type { HandshakeSource, WatchedSession } from './source.ts';
import { isKnown } from './wanted-handshakes.ts';

/** Handshakes that are remembered where no log says which ones there still are: a page may reconnect all day. */
const MOST_SETTLED = 1000;

/** Watches the network of the inspected tab: for the handshakes of captured sockets, and for the sockets that the hook does not reach. */
export class NetworkWatch {
  private readonly joining: Joining;
  private readonly source: HandshakeSource;

  /** @param onChange called when something may have changed */
  constructor(
    bridge: LogBridge & Pick<Bridge, 'onHandshake'>,
    private readonly recorder: Recorder,
    session: WatchedSession,
    onChange: () => void,
  ) {
    const { onHandshake } = bridge;
    this.joining = new Joining(recorder, onHandshake ? MOST_SETTLED : Number.POSITIVE_INFINITY);
    const { joining } = this;
    this.source = onHandshake
      ? new ReportSource(onHandshake, joining, session, onChange)
      : new LogSource(bridge, recorder, joining, session, onChange);
    recorder.onSocket = (socket) => this.socketChanged(socket);
  }

  /** @param signal ends the watch */
  start(signal: AbortSignal): void {
    for (const socket of this.recorder.sockets.all()) this.socketChanged(socket);
    this.source.start();
    signal.addEventListener('abort', () => this.source.stop());
  }

  /** Looks for the handshake of a socket that the user has selected. */
  want(socket: PanelSocket): void {
    if (!socket.readOnly && !isKnown(socket)) this.source.sought(socket);
  }

  /** True once the handshake of a socket was searched for and not found. */
  isAbsent(socket: PanelSocket): boolean {
    return this.joining.wanted.isAbsent(socket);
  }

  /**
   * To be called when the page has been left.
   * @returns true if it had sockets that only the network showed
   */
  leavePage(): boolean {
    this.source.pageLeft();
    const hadReadOnly = this.joining.readOnly.leave();
    this.source.pageChanged();
    return hadReadOnly;
  }

  /** To be called when another page has loaded, with or without our hook. */
  pageChanged(): void {
    this.source.pageChanged();
  }

  private socketChanged(socket: PanelSocket): void {
    if (socket.readOnly) return;
    const { joining, source } = this;
    const { openedAt, closedAt, adopted, url } = socket.record;
    if (openedAt === undefined && closedAt === undefined && !adopted) return;
    if (!joining.wanted.notice(socket)) return;
    // It may be listed as read-only already, and must not be listed twice until the next look, nor what its page tells now.
    if (adopted || joining.readOnly.lists(url)) joining.join(source.entries);
    if (isKnown(socket)) return;
    joining.wanted.add(socket);
    source.socketCame();
  }
}
