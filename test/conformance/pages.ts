import { whenArrived } from '../fixtures/when-arrived.ts';
import { makeKit, type Run, type Section } from './kit.ts';
import { type Poison, type Poisoning, talkPoisoned } from './poison.ts';
import { replaceBuiltIns } from './replaced.ts';

/** A page that runs by itself and posts its outcome, as JSON text, to the page around it. */
export interface Program {
  readonly id: string;
  readonly html: string;
}

/** How long one program may take, in milliseconds. */
const PATIENCE = 30_000;

const HEAD = '<!doctype html><meta charset="utf-8"><title>Case</title><body><script>const __name = (f) => f;';

/** The page of one case. */
export function casePage(id: string, run: Run): Program {
  return { id, html: `${HEAD}(${runCase})((${makeKit})(${whenArrived}), ${run})</script>` };
}

/** The page of one case among built-ins that the page has replaced. Beside the outcome it tells what the hook has called of them. */
export function replacedPage(id: string, run: Run): Program {
  const args = `(${makeKit})(${whenArrived}), ${run}, called`;
  return { id, html: `${HEAD}const called = (${replaceBuiltIns})(); (${runCase})(${args})</script>` };
}

/**
 * The page of all cases of a section that leave a page as it was, one after the other, among built-ins that the page has replaced while its
 * first sockets were open. Its outcome has theirs by their names; each is as that of {@link replacedPage}.
 */
export function latePage(id: string, cases: Section['cases']): Program {
  const runs = Object.entries(cases).map(([name, run]) => `${JSON.stringify(name)}: ${run}`);
  const args = `(${makeKit})(${whenArrived}), { ${runs.join(',\n')} }, ${useSockets}, ${replaceBuiltIns}`;
  return { id, html: `${HEAD}(${runLate})(${args})</script>` };
}

/** The page of a conversation among poisoned built-ins. */
export function poisonedPage(id: string, poison: Poison, poisoning: Poisoning): Program {
  const args = `(${reporter})(), ${poison}, ${JSON.stringify(poisoning)}`;
  return { id, html: `${HEAD}(${whenArrived})(window).then(() => (${talkPoisoned})(${args}))</script>` };
}

/** Runs in the page: a function that reports an outcome, whatever has become of the platform by then. */
function reporter(): (outcome: string) => void {
  const { apply } = Reflect;
  const around = window.parent;
  const { postMessage } = around;
  return (outcome) => apply(postMessage as (text: string, origin: string) => void, around, [outcome, '*']);
}

/** Runs in the page. */
async function runCase(kit: ReturnType<typeof makeKit>, run: Run, called?: readonly string[]): Promise<void> {
  // Loading must be over: a document that is still being read delays events of its frames.
  if (document.readyState !== 'complete') await kit.next(window, 'load');
  await kit.arrived(window);
  let outcome: unknown;
  try {
    outcome = await run(kit);
  } catch (error) {
    outcome = { unexpected: `${error}` };
  }
  if (called) outcome = { outcome: outcome ?? null, called };
  parent.postMessage(JSON.stringify(outcome ?? null), '*');
}

/** Runs in the page: opens one of each sort, and has them do their work. They stay open. */
async function useSockets(kit: ReturnType<typeof makeKit>): Promise<void> {
  const socket = await kit.open('/echo');
  await kit.echo(socket, 'text');
  await kit.echo(socket, Uint8Array.of(1));
  if (!('WebSocketStream' in window)) return;
  const { readable, writable } = await kit.openStream('/echo');
  await writable.getWriter().write('text');
  await readable.getReader().read();
}

/** Runs in the page. */
async function runLate(
  kit: ReturnType<typeof makeKit>,
  cases: Section['cases'],
  useFirst: typeof useSockets,
  replaceAll: typeof replaceBuiltIns,
): Promise<void> {
  if (document.readyState !== 'complete') await kit.next(window, 'load');
  await kit.arrived(window);
  await useFirst(kit);
  const called = replaceAll();
  const outcomes: Record<string, unknown> = {};
  for (const name in cases) {
    document.title = name;
    let outcome: unknown;
    try {
      outcome = await cases[name]?.(kit);
    } catch (error) {
      outcome = { unexpected: `${error}` };
    }
    outcomes[name] = { outcome: outcome ?? null, called: called.splice(0) };
  }
  parent.postMessage(JSON.stringify(outcomes), '*');
}

/** A page that runs programs one after the other, each in a frame of its own, and hands in all outcomes at the end. */
export function runnerPage(programs: readonly Program[]): string {
  const ids = JSON.stringify(programs.map(({ id }) => id));
  return `<!doctype html><meta charset="utf-8"><title>Runner</title><body><script>const __name = (f) => f;
    (${runAll})(${ids}, ${PATIENCE})</script>`;
}

/** Runs in the page. */
async function runAll(ids: readonly string[], patience: number): Promise<void> {
  const outcomes: Record<string, string> = {};
  for (const id of ids) {
    document.title = id;
    const frame = document.createElement('iframe');
    outcomes[id] = await new Promise((resolve) => {
      const timer = setTimeout(() => {
        const { readyState, title } = frame.contentDocument ?? {};
        resolve(JSON.stringify({ unexpected: `no outcome in time, document ${readyState}: ${title}` }));
      }, patience);
      window.onmessage = ({ data, source }) => {
        if (source !== frame.contentWindow || typeof data !== 'string') return;
        clearTimeout(timer);
        resolve(data);
      };
      frame.src = `/program/${encodeURIComponent(id)}`;
      document.body.append(frame);
    });
    frame.remove();
  }
  const run = location.pathname.split('/')[2];
  await fetch(`/finished/${run}`, { method: 'POST', body: JSON.stringify(outcomes) });
}
