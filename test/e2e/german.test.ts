import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import german from '../../public/_locales/de/messages.json' with { type: 'json' };
import english from '../../public/_locales/en/messages.json' with { type: 'json' };
import type { DevtoolsBrowser, Panel } from '../../scripts/devtools/driver.ts';
import { openSocket, sendTexts } from './helpers/page.ts';
import { SOON } from './helpers/panel.ts';
import { BLANK, BROWSERS, useStage } from './helpers/stage.ts';

type Key = keyof typeof english;
type Texts = Readonly<Record<Key, { readonly message: string }>>;

declare const Services: {
  readonly locale: {
    availableLocales: string[];
    requestedLocales: string[];
    readonly appLocaleAsBCP47: string;
  };
};

const de = (key: Key) => german[key].message;
/** Chromium has the languages that were installed with it, mostly English alone: an extension without any English has to do. */
async function withoutEnglish(extension: string): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'framescope-german-'));
  await cp(extension, folder, { recursive: true });
  await rm(path.join(folder, '_locales/en'), { recursive: true });
  const file = path.join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...manifest, default_locale: 'de' }));
  return folder;
}

/** Firefox is told that it has German, without its own words for it, before it reads those of the extension. */
async function speakGerman({ evaluatePrivileged }: DevtoolsBrowser): Promise<void> {
  const locale = await evaluatePrivileged?.(() => {
    Services.locale.availableLocales = ['de', 'en-US'];
    Services.locale.requestedLocales = ['de'];
    return Services.locale.appLocaleAsBCP47;
  });
  expect(locale).toBe('de');
}

/** What people see, hear or are shown when they point at something. */
function textsIn(panel: Panel): Promise<string[]> {
  return panel.evaluate(() => {
    const texts = new Set<string>();
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (!(node instanceof Element)) texts.add(node.textContent?.trim() ?? '');
      else
        for (const name of ['aria-label', 'title', 'placeholder', 'aria-valuetext', 'aria-roledescription'])
          texts.add(node.getAttribute(name)?.trim() ?? '');
    }
    return [...texts];
  });
}

/** Texts with something of their own to say, as patterns: what stands at a placeholder may be anything. */
function patternsOf(texts: Texts): RegExp[] {
  return Object.values(texts)
    .map(({ message }) => message)
    .filter((message) => /\p{L}{3}/u.test(message.replace(/\$\d/g, '')))
    .map(
      (message) =>
        new RegExp(`^${message.replace(/[\\^$*+?.()|[\]{}/]/g, '\\$&').replace(/\\\$\d/g, '.+')}$`, 'su'),
    );
}

const ENGLISH = patternsOf(english);
const GERMAN = patternsOf(german);

const isEnglish = (text: string) =>
  ENGLISH.some((pattern) => pattern.test(text)) && !GERMAN.some((pattern) => pattern.test(text));

describe.each(BROWSERS)('the panel of a German %s', (name) => {
  const stage = useStage(
    name,
    name === 'chromium'
      ? { prepare: withoutEnglish }
      : { ownBrowser: true, before: (_page, _server, browser) => speakGerman(browser) },
  );

  it('is German wherever one looks, in its numbers too', async () => {
    const { page, panel, server } = stage;
    await page.navigate(server.serve('/german', BLANK));
    await openSocket(page, `${server.sockets}/german`);
    await sendTexts(page, ['x'.repeat(18_402), '{"type":"price"}']);
    expect(await panel.evaluate(() => document.documentElement.lang)).toBe('de');
    await panel.waitForText('18,4 kB');
    const seen: string[] = [];
    const look = async () => void seen.push(...(await textsIn(panel)));
    await panel.click('row', { contains: 'price' });
    for (const tab of ['tabPreview', 'tabRaw', 'tabHex', 'tabDiff', 'tabInfo'] as const) {
      await panel.click('tab', de(tab));
      await look();
    }
    await panel.click('row', { contains: 'price' }, { button: 'right' });
    await panel.element('menu', de('frameMenu'));
    await look();
    await panel.press('Escape');
    for (const [key, label] of [
      [',', 'openSettings'],
      ['k', 'openPalette'],
    ] as const) {
      await panel.press(key, ['Control']);
      await panel.element('dialog', de(label));
      await look();
      await panel.press('Escape');
    }
    await panel.click('button', de('clear'));
    await panel.waitForText(de('noFramesTitle'));
    await look();
    expect(seen).toContain('18.402 B');
    expect(seen.filter(isEnglish)).toEqual([]);
  });

  it('has its longer words in two lines of tools where the panel is docked beside a page', async () => {
    const { panel } = stage;
    await panel.resize(420, 600);
    const lines = () =>
      panel.evaluate(() => {
        const tools = [...document.querySelectorAll('.toolbar > *')].filter((tool) => tool.checkVisibility());
        const boxes = tools.map((tool) => tool.getBoundingClientRect()).sort((a, b) => a.top - b.top);
        // A line begins with what is below all of the line before.
        let [count, bottom] = [0, Number.NEGATIVE_INFINITY];
        for (const box of boxes) {
          if (box.top >= bottom) count++;
          bottom = Math.max(bottom, box.bottom);
        }
        return count;
      });
    await expect.poll(lines, SOON).toBe(2);
  });
});
