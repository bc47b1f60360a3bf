import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BrowserName, ConsoleEntry, DevtoolsBrowser } from '../../scripts/devtools/driver.ts';
import { launchDevtools } from '../../scripts/devtools/launch.ts';
import { builtExtension } from '../e2e/helpers/build.ts';
import { SECTIONS } from './cases/index.ts';
import { HOOKED_HOST, makeSelectiveExtension, NATIVE_HOST } from './extension.ts';
import type { Section, Seen } from './kit.ts';
import { KNOWN_DIFFERENCES, type KnownDifference } from './known.ts';
import { casePage, latePage, type Program, poisonedPage, replacedPage } from './pages.ts';
import { MODES, MOMENTS, POISONS } from './poison.ts';
import { type ConformanceServer, type Outcomes, startConformanceServer } from './server.ts';

/** Most milliseconds that all cases of one browser may take together. */
const PATIENCE = 400_000;

/** The server listens on IPv4 alone; what listens on the same port of IPv6 is somebody else's. */
const CHROMIUM_ARGUMENTS = ['--js-flags=--expose-gc', `--host-resolver-rules=MAP ${NATIVE_HOST} 127.0.0.1`];

/** Of the pages that run the same cases once more, where built-ins are replaced. */
const REPLACED = ', replaced';
const LATE = ', replaced while sockets were open';

/** Of what was on the console in the meantime. */
const CONSOLE = 'console';

/** What a browser can be asked about. */
const sectionsOf = (browser: BrowserName) =>
  SECTIONS.filter(({ browsers }) => browsers === undefined || browsers.includes(browser));

const POISONINGS = MODES.flatMap((mode) =>
  MOMENTS.flatMap((moment) =>
    Object.entries(POISONS).map(([name, poison]) => {
      const title = `${name}, ${mode}, ${moment} the first socket`;
      return { title, poisoning: { mode, moment }, program: poisonedPage(title, poison, { mode, moment }) };
    }),
  ),
);

/** What a page saw in each case, without and with Framescope. */
interface Compared {
  readonly native: Outcomes;
  readonly hooked: Outcomes;
}

/**
 * Runs all cases in one browser, on pages with the extension and without it at the same time, and compares what they saw. A file for
 * each browser, so that one works while the other waits.
 */
export function compareIn(browserName: BrowserName): void {
  describe(`${browserName} with and without Framescope`, () => compare(browserName));
}

function compare(browserName: BrowserName): void {
  let compared: Compared | undefined;
  const endings: (() => Promise<void>)[] = [];
  const knownOf = (name: string) =>
    KNOWN_DIFFERENCES.filter(({ title, browsers }) => title === name && browsers.includes(browserName));

  beforeAll(async () => {
    const extension = await makeSelectiveExtension(await builtExtension(browserName));
    endings.unshift(() => extension.remove());
    const browser: DevtoolsBrowser = await launchDevtools(browserName, {
      extension: extension.folder,
      args: browserName === 'chromium' ? CHROMIUM_ARGUMENTS : [],
      // Firefox would wait longer and longer before it connects to a server that has refused.
      preferences: { 'network.websocket.delay-failed-reconnects': false },
    });
    endings.unshift(() => browser.close());
    // A server for each: browsers shake hands with a server once at a time, and some cases keep it waiting.
    const run = async (host: string): Promise<Outcomes> => {
      const server = await startConformanceServer(host, () => collectGarbage(browser));
      endings.push(() => server.close());
      return await runAll(browser, server);
    };
    const [native, hooked] = await Promise.all([run(NATIVE_HOST), run(HOOKED_HOST)]);
    compared = { native, hooked };
  }, PATIENCE);

  afterAll(async () => {
    for (const end of endings) await end();
  });

  describe.each(sectionsOf(browserName))('$title', ({ title, cases }) => {
    it.each(Object.keys(cases))('%s', (name) => {
      const id = `${title}: ${name}`;
      const native = outcome(compared?.native, id);
      const hooked = outcome(compared?.hooked, id);
      const known = knownOf(name);
      expectSense(native);
      if (known.length > 0) expect(hooked, 'a known difference is gone').not.toEqual(native);
      expect(without(known, 'hooked', hooked)).toEqual(without(known, 'native', native));
    });
  });

  describe.each(sectionsOf(browserName))(
    '$title, where the page has replaced built-ins',
    ({ title, cases }) => {
      it.each(Object.keys(cases))('%s', (name) => {
        const id = `${title}: ${name}${REPLACED}`;
        const native = outcome(compared?.native, id);
        const hooked = outcome(compared?.hooked, id);
        expectSense(native);
        const known = knownOf(name);
        // Which function it is that an engine names may be another one here, so both patterns count on both sides.
        expect(allErased(known, outcomeOf(hooked))).toEqual(allErased(known, outcomeOf(native)));
        expect(hooked).toHaveProperty('called', []);
      });
    },
  );

  describe.each(sectionsOf(browserName))(
    '$title, where the page has replaced built-ins while sockets were open',
    (section) => {
      it.each(Object.keys(section.cases))('%s', (name) => {
        const native = lateOutcome(compared?.native, section, name);
        const hooked = lateOutcome(compared?.hooked, section, name);
        expectSense(native);
        const known = knownOf(name);
        expect(allErased(known, outcomeOf(hooked))).toEqual(allErased(known, outcomeOf(native)));
        expect(hooked).toHaveProperty('called', []);
      });
    },
  );

  describe('on a page that has poisoned', () => {
    it.each(POISONINGS)('$title', ({ program }) => {
      const native = outcome(compared?.native, program.id);
      expect(native).toMatch(/\nsecond in state 3 with 0 keys\n$/);
      expect(outcome(compared?.hooked, program.id)).toEqual(native);
    });
  });

  it('leaves the console as it is', () => {
    const native = outcome(compared?.native, CONSOLE) as Consoled;
    expect(native.browser.length).toBeGreaterThan(10);
    expect(native.script).toEqual([]);
    expect(outcome(compared?.hooked, CONSOLE)).toEqual(native);
  });

  it('has no known difference that belongs to no case', () => {
    const names = SECTIONS.flatMap(({ cases }) => Object.keys(cases));
    expect(names).toEqual(expect.arrayContaining(KNOWN_DIFFERENCES.map(({ title }) => title)));
  });
}

async function runAll(browser: DevtoolsBrowser, server: ConformanceServer): Promise<Outcomes> {
  // Chromium delays connections by the share of those that have failed, and here all succeed.
  const programs = sectionsOf(browser.name).flatMap((section) => [
    ...Object.entries(section.cases).flatMap(([name, run]) => [
      casePage(`${section.title}: ${name}`, run),
      replacedPage(`${section.title}: ${name}${REPLACED}`, run),
    ]),
    ...latePages(section),
  ]);
  const url = server.run([...POISONINGS.map(({ program }) => program), ...programs]);
  const page = await browser.open('about:blank');
  const consoleOf = await page.recordConsole();
  await page.navigate(url);
  const outcomes = await server.outcomes(url, PATIENCE);
  return { ...outcomes, [CONSOLE]: linesOf(await consoleOf(), server) };
}

/** What stood on the console: each line once, as it may be a matter of time how often. */
type Consoled = Readonly<Record<ConsoleEntry['source'], readonly string[]>>;

function linesOf(entries: readonly ConsoleEntry[], { anonymous }: ConformanceServer): string {
  const of = (source: ConsoleEntry['source']) => {
    const lines = entries.filter((entry) => entry.source === source).map(({ text }) => anonymous(text));
    return [...new Set(lines)].sort();
  };
  const consoled: Consoled = { script: of('script'), browser: of('browser') };
  return JSON.stringify(consoled);
}

/** One page for all cases that leave it as it was, and one for each of the others. */
function latePages({ title, cases, spoiling = [] }: Section): Program[] {
  const all = Object.entries(cases);
  const harmless = all.filter(([name]) => !spoiling.includes(name));
  return [
    latePage(`${title}${LATE}`, Object.fromEntries(harmless)),
    ...spoiling.map((name) => latePage(`${title}: ${name}${LATE}`, only(name, cases))),
  ];
}

function only(name: string, cases: Section['cases']): Section['cases'] {
  const run = cases[name];
  if (!run) throw new Error(`There is no case “${name}”`);
  return { [name]: run };
}

function lateOutcome(outcomes: Outcomes | undefined, { title, spoiling }: Section, name: string): Seen {
  const own = spoiling?.includes(name) ? `: ${name}` : '';
  const all = outcome(outcomes, `${title}${own}${LATE}`) as Record<string, Seen>;
  return all[name] ?? all;
}

/** In Firefox alone; in Chromium pages do it themselves. */
async function collectGarbage({ evaluatePrivileged }: DevtoolsBrowser): Promise<void> {
  await evaluatePrivileged?.(() => {
    const { Services } = globalThis as unknown as {
      Services: { obs: { notifyObservers(subject: null, topic: string): void } };
    };
    Services.obs.notifyObservers(null, 'child-gc-request');
    Services.obs.notifyObservers(null, 'child-cc-request');
  });
}

function outcome(outcomes: Outcomes | undefined, id: string): Seen {
  return JSON.parse(outcomes?.[id] ?? '{"unexpected":"there is no outcome"}') as Seen;
}

/** What the case saw on a page with replaced built-ins. */
function outcomeOf(seen: Seen): Seen {
  return seen !== null && typeof seen === 'object' && 'outcome' in seen ? (seen.outcome ?? null) : seen;
}

/** A case that fails in the same way everywhere compares nothing. */
function expectSense(seen: Seen): void {
  expect(seen).not.toHaveProperty('unexpected');
  expect(JSON.stringify(seen).length).toBeGreaterThan('[null]'.length);
}

function without(known: readonly KnownDifference[], side: 'native' | 'hooked', seen: Seen): Seen {
  if (known.length === 0) return seen;
  let text = JSON.stringify(seen);
  for (const difference of known) {
    const pattern = difference[side];
    if (!pattern) continue;
    expect(text, difference.reason).toMatch(pattern);
    text = text.replace(pattern, '');
  }
  return text;
}

function allErased(known: readonly KnownDifference[], seen: Seen): Seen {
  const patterns = known.flatMap(({ native, hooked }) => [native ?? [], hooked ?? []].flat());
  if (patterns.length === 0) return seen;
  return patterns.reduce((text, pattern) => text.replace(pattern, ''), JSON.stringify(seen));
}
