import { render } from 'preact';
import { setLanguage } from './i18n.ts';
import { PanelModel } from './model/panel-model.ts';
import { remember, remembered } from './remembered.ts';
import type { Bridge } from './session/bridge.ts';
import { browserBridge } from './session/browser-bridge.ts';
import { readLimits } from './session/limits.ts';
import { Session } from './session/session.ts';
import { turnsOfBrowser } from './turns.ts';
import { App } from './views/app.tsx';
import { ModelProvider } from './views/context.ts';
import { loadViews } from './views/lazily.tsx';
import { startWorker } from './worker/start-worker.ts';

const STACKS_KEY = 'records-stacks';
const LIMITS_KEY = 'limits';

/** Starts the panel on a page's element. */
function startPanel(bridge: Bridge, element: Element): void {
  setLanguage(bridge.locale, bridge.text);
  document.documentElement.lang = bridge.locale;
  document.documentElement.dataset.theme = bridge.theme;
  bridge.onThemeChanged((theme) => {
    document.documentElement.dataset.theme = theme;
  });
  const leaving = new AbortController();
  addEventListener('pagehide', () => leaving.abort());
  let model: PanelModel | undefined;
  const session = new Session(bridge, () => model?.touch());
  session.recordsStacks = remembered(STACKS_KEY) !== false;
  session.limits = readLimits(remembered(LIMITS_KEY));
  model = new PanelModel(session, bridge, {
    schedule: (paint) => requestAnimationFrame(paint),
    turns: turnsOfBrowser(),
    startWorker,
  });
  model.limits.subscribe((limits) => remember(LIMITS_KEY, limits));
  void useDisk(model, bridge);
  model.recordsStacks.subscribe((recorded) => remember(STACKS_KEY, recorded));
  session.start(leaving.signal);
  render(
    <ModelProvider value={model}>
      <App />
    </ModelProvider>,
    element,
  );
  requestAnimationFrame(() => setTimeout(() => void loadViews()));
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
