import browser from 'webextension-polyfill';
import {
  asLineReport,
  type HandshakeReport,
  type LineRequest,
  panelLineName,
} from '../../../protocol/panel-line.ts';
import type { Bridge, WorkerSwitch } from './bridge.ts';

/** ms; Firefox stops a background that hears nothing for half a minute, and then no handshake is seen and no worker captured. */
const SIGN_OF_LIFE_INTERVAL = 10_000;
/** ms */
const RECONNECT_DELAY = 50;
/** Handshakes that are kept until somebody asks for them. */
const MOST_EARLY = 1000;

/** What Firefox's background does for a panel. */
export type PanelLine = Required<Pick<Bridge, 'onHandshake' | 'workers'>>;

/** Connects to Firefox's background, which reports and captures for as long as this connection lasts. */
export function panelLine(tabId: number): PanelLine {
  const handshakes = new Handshakes();
  const switched: Parameters<WorkerSwitch['onSwitched']>[0][] = [];
  const connect = () => {
    const port = browser.runtime.connect({ name: panelLineName(tabId) });
    port.onMessage.addListener((message: unknown) => {
      const report = asLineReport(message);
      if (report?.type === 'handshake') handshakes.take(report);
      else if (report) for (const listener of switched) listener({ isOn: report.isOn });
    });
    port.onDisconnect.addListener(() => {
      setTimeout(() => {
        current = connect();
      }, RECONNECT_DELAY);
    });
    return port;
  };
  let current = connect();
  const say = (request: LineRequest) => {
    try {
      current.postMessage(request);
    } catch {
      // The background has just been stopped; a new connection follows.
    }
  };
  setInterval(() => say('still-there'), SIGN_OF_LIFE_INTERVAL);
  return {
    onHandshake: (listener) => handshakes.hear(listener),
    workers: {
      scope: 'all',
      onSwitched: (listener) => void switched.push(listener),
      set: (wanted) => say(wanted ? 'workers-on' : 'workers-off'),
    },
  };
}

/** Keeps what is reported before there is a listener, who is loaded after what the first picture needs. */
class Handshakes {
  private readonly early: HandshakeReport[] = [];
  private listener: ((report: HandshakeReport) => void) | undefined;

  take(report: HandshakeReport): void {
    if (this.listener) this.listener(report);
    else if (this.early.push(report) > MOST_EARLY) this.early.shift();
  }

  hear(listener: (report: HandshakeReport) => void): void {
    this.listener = listener;
    for (const report of this.early.splice(0)) listener(report);
  }
}
