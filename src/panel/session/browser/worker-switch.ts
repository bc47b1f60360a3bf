import browser from 'webextension-polyfill';
import {
  type WorkerSwitchRequest,
  type WorkerSwitchState,
  workerSwitchName,
} from '../../../protocol/workers.ts';
import type { WorkerSwitch } from './bridge.ts';

/** ms; Firefox stops a background that hears nothing for half a minute, and then no worker would be captured. */
const SIGN_OF_LIFE_INTERVAL = 10_000;
/** ms */
const RECONNECT_DELAY = 50;

/** Firefox's switch, which lives in the background: it captures for as long as this connection lasts. */
export function workerSwitch(tabId: number): WorkerSwitch {
  const listeners: Parameters<WorkerSwitch['onSwitched']>[0][] = [];
  let isOn = false;
  const connect = () => {
    const port = browser.runtime.connect({ name: workerSwitchName(tabId) });
    port.onMessage.addListener((state: unknown) => {
      isOn = (state as WorkerSwitchState).isOn;
      for (const listener of listeners) listener({ isOn });
    });
    port.onDisconnect.addListener(() => {
      setTimeout(() => {
        current = connect();
      }, RECONNECT_DELAY);
    });
    return port;
  };
  let current = connect();
  const say = (request: WorkerSwitchRequest) => {
    try {
      current.postMessage(request);
    } catch {
      // The background has just been stopped; a new connection follows.
    }
  };
  setInterval(() => isOn && say('still-there'), SIGN_OF_LIFE_INTERVAL);
  return {
    scope: 'all',
    onSwitched: (listener) => void listeners.push(listener),
    set: (wanted) => say(wanted ? 'on' : 'off'),
  };
}
