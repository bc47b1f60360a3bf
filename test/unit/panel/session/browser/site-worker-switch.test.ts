// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest';
import type { WorkerSwitch, WorkerSwitchState } from '../../../../../src/panel/session/browser/bridge.ts';
import { siteWorkerSwitch } from '../../../../../src/panel/session/browser/site-worker-switch.ts';

interface Script {
  readonly id: string;
  readonly js: readonly string[];
  readonly matches: readonly string[];
  readonly world: string;
}

/** The browser, as far as the switch goes: what a person has granted, and what is registered. */
const browser = vi.hoisted(() => {
  const granted = new Set<string>();
  const registered = new Map<string, Script>();
  const state = { agrees: true };
  const all = ({ origins = [], permissions = [] }: { origins?: string[]; permissions?: string[] }) => [
    ...origins,
    ...permissions,
  ];
  return {
    granted,
    registered,
    state,
    permissions: {
      async request(wanted: object) {
        if (state.agrees) for (const one of all(wanted)) granted.add(one);
        return state.agrees;
      },
      async contains(wanted: object) {
        return all(wanted).every((one) => granted.has(one));
      },
      async remove(wanted: object) {
        for (const one of all(wanted)) granted.delete(one);
        return true;
      },
      onRemoved: { addListener: () => undefined },
    },
    get scripting() {
      if (!granted.has('scripting')) return undefined;
      return {
        async getRegisteredContentScripts({ ids }: { ids: readonly string[] }) {
          return ids.flatMap((id) => registered.get(id) ?? []);
        },
        async registerContentScripts(scripts: readonly Script[]) {
          if (scripts.some(({ id }) => registered.has(id))) throw new Error('Duplicate script ID');
          for (const script of scripts) registered.set(script.id, script);
        },
        async unregisterContentScripts({ ids }: { ids: readonly string[] }) {
          if (ids.some((id) => !registered.has(id))) throw new Error('Nonexistent script ID');
          for (const id of ids) registered.delete(id);
        },
      };
    },
  };
});

vi.mock('webextension-polyfill', () => ({ default: browser }));

let reloads = 0;
let goTo: (url: string) => void;
let one: WorkerSwitch;
let told: (WorkerSwitchState | undefined)[];

function openPanel(): void {
  told = [];
  one = siteWorkerSwitch({ onPage: (listener) => (goTo = listener), reload: () => reloads++ });
  one.onSwitched((state) => void told.push(state));
}

/** Waits until the switch says so. */
const expectTold = (expected: WorkerSwitchState | undefined) =>
  expect.poll(() => told.at(-1)).toEqual(expected);

beforeEach(() => {
  localStorage.clear();
  browser.granted.clear();
  browser.registered.clear();
  browser.state.agrees = true;
  reloads = 0;
  openPanel();
});

const SITE = 'https://example.test';

test('is off at first, and not available if a page has no site', async () => {
  goTo(`${SITE}/page`);
  await expectTold({ isOn: false, site: SITE });
  goTo('chrome://version');
  await expectTold(undefined);
  one.set(true);
  expect(browser.granted.size).toBe(0);
});

test('registers both scripts for the site alone, the one that answers first, and loads the page again', async () => {
  goTo(`${SITE}/page`);
  one.set(true);
  await expectTold({ isOn: true, site: SITE });
  const scripts = [...browser.registered.values()];
  expect(scripts.map(({ world, js, matches }) => [world, js, matches])).toEqual([
    ['ISOLATED', ['src/content/site-workers.js'], ['https://example.test:443/*']],
    ['MAIN', ['src/page/site-workers.js'], ['https://example.test:443/*']],
  ]);
  await expect.poll(() => reloads).toBe(1);
  goTo('http://example.test:8080/page');
  await expectTold({ isOn: false, site: 'http://example.test:8080' });
});

test('stays off if the user does not agree', async () => {
  browser.state.agrees = false;
  goTo(SITE);
  one.set(true);
  await expectTold({ isOn: false, site: SITE });
  expect([...browser.registered, ...browser.granted]).toEqual([]);
  expect(reloads).toBe(0);
});

test('gives everything back when it is switched off', async () => {
  goTo(SITE);
  one.set(true);
  await expectTold({ isOn: true, site: SITE });
  one.set(false);
  await expectTold({ isOn: false, site: SITE });
  await expect.poll(() => [...browser.registered, ...browser.granted]).toEqual([]);
});

test('keeps the permissions that other sites need', async () => {
  for (const site of [SITE, 'https://other.test']) {
    goTo(site);
    one.set(true);
    await expectTold({ isOn: true, site });
  }
  one.set(false);
  await expectTold({ isOn: false, site: 'https://other.test' });
  expect([...browser.granted].sort()).toEqual(['https://example.test:443/*', 'scripting']);
  goTo(SITE);
  await expectTold({ isOn: true, site: SITE });
});

test('has the same state in the next panel, even after the browser has forgotten the scripts with an update', async () => {
  goTo(SITE);
  one.set(true);
  await expectTold({ isOn: true, site: SITE });
  browser.registered.clear();
  openPanel();
  goTo(SITE);
  await expectTold({ isOn: true, site: SITE });
  expect(browser.registered.size).toBe(2);
});

test('can be switched off even if the browser has forgotten the scripts', async () => {
  goTo(SITE);
  one.set(true);
  await expectTold({ isOn: true, site: SITE });
  browser.registered.clear();
  one.set(false);
  await expect.poll(() => [...browser.granted]).toEqual([]);
});

test('is the same in two panels that are opened at once after an update', async () => {
  goTo(SITE);
  one.set(true);
  await expectTold({ isOn: true, site: SITE });
  browser.registered.clear();
  openPanel();
  goTo(SITE);
  openPanel();
  goTo(SITE);
  await expectTold({ isOn: true, site: SITE });
});

test('is off if the permission was revoked', async () => {
  goTo(SITE);
  one.set(true);
  await expectTold({ isOn: true, site: SITE });
  browser.granted.delete('https://example.test:443/*');
  goTo(SITE);
  await expectTold({ isOn: false, site: SITE });
});

test('registers its sites again after an update, whatever else is stored among them', async () => {
  goTo(SITE);
  one.set(true);
  await expectTold({ isOn: true, site: SITE });
  browser.registered.clear();
  localStorage.setItem('worker-sites', JSON.stringify([7, 'no site', SITE]));
  openPanel();
  goTo(SITE);
  await expect.poll(() => browser.registered.size).toBe(2);
  expect(one.sites?.()).toEqual([SITE]);
});
