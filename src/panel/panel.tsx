import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { loadFilterEngine } from './model/filter/filter-loader.ts';
import { PanelModel } from './model/panel-model.ts';
import { turnsOfBrowser } from './platform/turns.ts';
import type { Bridge } from './session/browser/bridge.ts';
import { browserBridge } from './session/browser/browser-bridge.ts';
import { Session } from './session/session.ts';
import { SETTINGS } from './settings/schema.ts';
import { App } from './views/app.tsx';
import { ModelProvider } from './views/context.ts';
import { loadViews } from './views/lazily.tsx';
import { wholeNumber } from './words/format.ts';
import { setLanguage } from './words/i18n.ts';
import { startBytesWorker, startDiffWorker, startJsonWorker, startWorker } from './worker/start-worker.ts';

/** ms for the documents of the page to announce themselves before the first picture */
const MOST_ASKING = 30;

/** Starts the panel on a page's element. */
function startPanel(bridge: Bridge, element: Element): void {
  setLanguage(bridge.locale, bridge.text);
  document.documentElement.lang = bridge.locale;
  const leaving = new AbortController();
  addEventListener('pagehide', () => leaving.abort());
  const session: Session = new Session(bridge, () => model.touch());
  const model = new PanelModel(session, bridge, {
    schedule: (paint) => requestAnimationFrame(paint),
    turns: turnsOfBrowser(),
    startWorker,
    startJsonWorker,
    startBytesWorker,
    startDiffWorker,
  });
  wearTheme(model, bridge);
  session.start(leaving.signal);
  const { haveAsked, haveEnded } = session.firstMoments;
  // The page gets ready what it holds while the first picture is drawn, which would hold up the asking.
  void Promise.race([haveAsked, pause(MOST_ASKING)]).then(() => {
    drawOn(element, model);
    afterNextPicture(() => wholeNumber(1000)); // makes the format, which is slow, while the page packs
  });
  void haveEnded.then(() => {
    model.touch(true);
    // Behind the picture that follows it, so that it is on the screen by then.
    requestAnimationFrame(() => afterNextPicture(() => loadRest(model, bridge, leaving.signal)));
  });
}

function drawOn(element: Element, model: PanelModel): void {
  render(
    <ModelProvider value={model}>
      <App />
    </ModelProvider>,
    element,
  );
}

/** What must not hold up the first rows: their colours, everything else that can be seen, and what nobody sees. */
function loadRest(model: PanelModel, bridge: Bridge, signal: AbortSignal): void {
  void loadFilterEngine().then(() => model.touch());
  void loadViews();
  void watchNetwork(model.session, signal);
  void useDisk(model, bridge);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function afterNextPicture(callback: () => void): void {
  requestAnimationFrame(() => setTimeout(callback));
}

/** Handshakes and read-only sockets may come a moment later than the first picture. */
async function watchNetwork(session: Session, signal: AbortSignal): Promise<void> {
  const { NetworkWatch } = await import('./session/network/network-watch.ts');
  if (!signal.aborted) session.watchNetwork(NetworkWatch, signal);
}

/** The theme of DevTools, unless the user wants another one. */
function wearTheme(model: PanelModel, bridge: Bridge): void {
  const offered = signal(bridge.theme);
  bridge.onThemeChanged((theme) => {
    offered.value = theme;
  });
  const chosen = model.settings.of(SETTINGS.theme);
  effect(() => {
    document.documentElement.dataset.theme = chosen.value === 'auto' ? offered.value : chosen.value;
  });
}

/** What private windows show is not to be written down. */
async function useDisk(model: PanelModel, bridge: Bridge): Promise<void> {
  if (await bridge.isPrivate()) return;
  // Memory suffices for a while: this must not hold up the first picture.
  const { clearLeftovers, openVault } = await import('../store/vault/browser-vault.ts');
  model.useDisk(openVault);
  await clearLeftovers();
}

const element = document.getElementById('panel');
if (element) startPanel(browserBridge(), element);
