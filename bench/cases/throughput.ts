import type { InspectedPage, Panel } from '../../scripts/devtools/driver.ts';
import type { Stage } from '../case.ts';
import { atMost, type Figure, median, plain } from '../statistics.ts';
import { clear, openSynthetic, settledLedger } from '../synthetic/stage.ts';

const ROUNDS = 5;

/** ms of CPU time that all processes of the browser take for a round. */
interface Work {
  readonly whole: number;
  readonly bare: number;
}

interface Round {
  /** ms */
  readonly whole: number;
  /** ms */
  readonly bare: number;
  /** ms */
  readonly hook: number;
  readonly perBatch: number;
  readonly acknowledgements: number;
  /** ms */
  readonly tail: number;
  readonly work: Work;
}

/**
 * From the page to the panel's store, against the same road with nothing at either end; the two in turn. So many frames that it
 * matters little when the last word comes that all is there: the panel takes up to 20 ms for it, or 100, and the bare port none.
 */
export async function throughput({ browser, server, isQuick }: Stage): Promise<Figure[]> {
  const frames = isQuick ? 100_000 : 1_000_000;
  const { page, panel, flood } = await openSynthetic(browser, server.framed(1));
  const warm = await flood(frames);
  await clear(panel);
  const perBatch = Math.round(frames / warm.batches);
  await panel.evaluate(attachBare);
  await bareRound(page, panel, frames, perBatch);
  const rounds: Round[] = [];
  const cpuTime = async () => (await browser.cpuTime?.()) ?? Number.NaN;
  for (let round = 0; round < ROUNDS; round++) {
    const start = await cpuTime();
    const { wall, hook, batches, acknowledgements, tail } = await flood(frames);
    const end = await cpuTime();
    const { stored } = await settledLedger(panel, frames);
    if (stored !== frames) throw new Error(`${stored} of ${frames} frames are stored`);
    await clear(panel);
    const bareStart = await cpuTime();
    const bare = await bareRound(page, panel, frames, Math.round(frames / batches));
    const work = { whole: end - start, bare: (await cpuTime()) - bareStart };
    rounds.push({ whole: wall, bare, hook, perBatch: frames / batches, acknowledgements, tail, work });
  }
  await page.close();
  const rate = (ms: number) => `${Math.round(frames / ms).toLocaleString('en')},000`;
  const whole = median(rounds.map((round) => round.whole));
  const bare = median(rounds.map((round) => round.bare));
  const ratio = median(rounds.map((round) => round.bare / round.whole));
  const batch = median(rounds.map((round) => round.perBatch));
  const work = (road: keyof Work) => (median(rounds.map((round) => round.work[road])) / frames) * 1000;
  return [
    {
      name: 'frames a second, page to store',
      value: `${ratio.toFixed(2)} × (${rate(whole)} against ${rate(bare)}, in batches of ${batch.toFixed(0)})`,
      measured: ratio,
      goal: '≥ 0.7 × the bare port',
      isMet: ratio >= 0.7,
    },
    plain(
      'the same, work of all processes',
      `${(work('bare') / work('whole')).toFixed(2)} × (${work('whole').toFixed(2)} µs a frame against ${work('bare').toFixed(2)})`,
    ),
    plain(
      'the same, acknowledgements',
      `${median(rounds.map((round) => round.acknowledgements)).toFixed(0)}, the last ${median(rounds.map(({ tail }) => tail)).toFixed(0)} ms after the last batch (${rounds.map(({ tail }) => tail.toFixed(0)).join(', ')})`,
    ),
    atMost(
      'page thread, our hook',
      (median(rounds.map((round) => round.hook)) / frames) * 1000,
      1,
      'µs a frame',
      { digits: 2 },
    ),
  ];
}

async function bareRound(
  page: InspectedPage,
  panel: Panel,
  frames: number,
  perBatch: number,
): Promise<number> {
  const { wall } = await page.evaluate(
    (count, size) => (window[0] as Window).source.bare(count, size),
    frames,
    perBatch,
  );
  const seen = await panel.evaluate(takeBareFrames);
  if (seen < frames) throw new Error(`${seen} of ${frames} frames came through the bare port`);
  return wall;
}

declare global {
  interface Window {
    /** Of {@link attachBare}. */
    bareFrames: number;
  }
}

/** Runs in the panel: takes over the page's frame, and then counts and acknowledges what comes from there. */
async function attachBare(): Promise<void> {
  interface Port {
    postMessage(message: unknown): void;
    readonly onMessage: { addListener(listener: (message: Arriving) => void): void };
  }
  interface Arriving {
    readonly type: string;
    readonly credit?: object;
    readonly frames?: { readonly kinds: Uint8Array };
  }
  interface Chrome {
    readonly devtools: { readonly inspectedWindow: { readonly tabId: number } };
    readonly runtime: {
      readonly onMessage: {
        addListener(
          listener: (message: { type: string; document: string }, sender: { frameId: number }) => void,
        ): void;
      };
    };
    readonly tabs: {
      connect(tab: number, options: object): Port;
      sendMessage(tab: number, message: object): Promise<unknown>;
    };
  }
  const { chrome } = window as unknown as { chrome: Chrome };
  const { tabId } = chrome.devtools.inspectedWindow;
  const found = new Promise<{ document: string; frameId: number }>((resolve) => {
    chrome.runtime.onMessage.addListener(({ type, document }, { frameId }) => {
      if (type === 'framescope-document' && frameId > 0) resolve({ document, frameId });
    });
  });
  chrome.tabs.sendMessage(tabId, { type: 'framescope-roll-call', tabId }).catch(() => undefined);
  const { document, frameId } = await found;
  const port = chrome.tabs.connect(tabId, { frameId, name: 'framescope' });
  window.bareFrames = 0;
  await new Promise<void>((ready) => {
    port.onMessage.addListener((message) => {
      if (message.type === 'open')
        port.postMessage({ type: 'attach', session: 'bare', version: 0, from: 1, stacks: false });
      if (message.type === 'hello') ready();
      if (message.type !== 'batch') return;
      window.bareFrames += message.frames?.kinds.length ?? 0;
      port.postMessage({ type: 'ack', seq: 0, ...message.credit });
    });
    port.postMessage({ type: 'open', document, sample: new Uint8Array([0, 127, 255]) });
  });
}

/** Runs in the panel. */
function takeBareFrames(): number {
  const frames = window.bareFrames;
  window.bareFrames = 0;
  return frames;
}
