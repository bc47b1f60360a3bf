import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Panel } from '../../scripts/devtools/driver.ts';
import { withOlderHook } from '../../scripts/screenshots/older-pages.ts';
import { HANDOVER_EVENT } from '../../src/protocol/version.ts';
import { axeInBothThemes, axeProblems } from './helpers/axe.ts';
import { goOnReading, holdReading } from './helpers/held-files.ts';
import { openSocket, type TestWindow } from './helpers/page.ts';
import { selectRow, showSocket, showTab } from './helpers/panel.ts';
import { BLANK, useStage } from './helpers/stage.ts';

/** Where each look is taken: both themes, wide and narrow. */
const LOOKS = [
  ['light', 1400, 700],
  ['dark', 420, 600],
] as const;

/** Something that opens over the panel or within it. */
interface Opened {
  /** Where it is in the document. */
  readonly place: string;
  readonly open: (panel: Panel) => Promise<void>;
  /** Keys that close it, or what does. */
  readonly leave?: readonly string[] | ((panel: Panel) => Promise<void>);
}

const more = (entry: string) => async (panel: Panel) => {
  await panel.click('button', 'More');
  await panel.click('menuitem', entry);
};
const composerWith = (part: string) => `.composer:has(${part})`;
const menuOf = (role: string, contains: string) => (panel: Panel) =>
  panel.click(role, { contains }, { button: 'right', nth: 0 });

/** Chooses a file in the place for files that comes last. */
const choose =
  (name: string, line: string, times = 1) =>
  (panel: Panel) =>
    panel.evaluate(
      (fileName: string, text: string, count: number) => {
        const input = [...document.querySelectorAll<HTMLInputElement>('input[type=file]')].at(-1);
        const transfer = new DataTransfer();
        transfer.items.add(
          new File(
            Array.from({ length: count }, () => text),
            fileName,
          ),
        );
        if (!input) throw new Error('There is no place for a file');
        input.files = transfer.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));
      },
      name,
      line,
      times,
    );
const drag = (type: 'dragenter' | 'dragleave') => (panel: Panel) =>
  panel.evaluate((name: string) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([''], 'a.har'));
    document.body.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true }));
  }, type);
const clicks = (role: string, name: string) => (panel: Panel) => panel.click(role, name);
const oneAfterAnother =
  (...steps: readonly ((panel: Panel) => Promise<void>)[]) =>
  async (panel: Panel) => {
    for (const step of steps) await step(panel);
  };

const OPENED: Readonly<Record<string, Opened>> = {
  'the menu of a frame': { place: '[role=menu]', open: menuOf('row', 'hello') },
  'the menu of a column': { place: '[role=menu]', open: menuOf('columnheader', 'Time') },
  'the menu of a socket': { place: '[role=menu]', open: menuOf('option', '/menus') },
  'the order of the sockets': {
    place: '[role=menu]',
    open: (panel) => panel.click('button', 'Order of the sockets'),
  },
  'the menu of the export': { place: '[role=menu]', open: (panel) => panel.click('button', 'Export') },
  'the history': { place: '[role=menu]', open: (panel) => panel.click('button', 'History') },
  'what else the composer can': { place: '[role=menu]', open: (panel) => panel.click('button', 'More') },
  'the message types': { place: '.types:popover-open', open: (panel) => panel.click('button', 'Types') },
  'the palette': { place: 'dialog[open]', open: (panel) => panel.press('k', ['Control']) },
  'the list of keys': {
    place: 'dialog[open]',
    open: async (panel) => {
      await panel.focus('grid', 'Frames');
      await panel.press('?', ['Shift']);
    },
  },
  'the settings': { place: 'dialog[open]', open: (panel) => panel.press(',', ['Control']) },
  'the limits': {
    place: '.limits:popover-open',
    open: (panel) => panel.click('button', { contains: 'memory' }),
  },
  'the account of the ledger': {
    place: '.ledger-account',
    open: (panel) => panel.click('button', { contains: 'dropped' }),
  },
  'the find bar': { place: '.find-bar', open: (panel) => panel.press('f', ['Control']) },
  'the form that closes a socket': {
    place: composerWith('form[aria-label="Close socket"]'),
    open: (panel) => panel.click('button', 'Close socket'),
  },
  'the form that saves a message': {
    place: composerWith('form[aria-label="Save message"]'),
    open: more('Save message'),
  },
  'saved messages': { place: composerWith('.saved'), open: more('Show saved messages') },
  'the form that repeats': {
    place: composerWith('form[aria-label="Send repeatedly"]'),
    open: more('Send repeatedly'),
  },
  'the form for several sockets': {
    place: composerWith('form[aria-label="Send to several sockets"]'),
    open: more('Send to several sockets'),
  },
  'help for templates': {
    place: composerWith('.cm-tooltip-autocomplete li'),
    open: async (panel) => {
      await panel.click('checkbox', 'Templates');
      await panel.fill('textbox', 'Message', '');
      await panel.focus('textbox', 'Message');
      await panel.type('{{');
    },
  },
  'what completes a filter': {
    place: '.filter:has(.suggestion)',
    open: async (panel) => {
      await panel.focus('searchbox', 'Filter frames');
      await panel.type('dir:');
    },
    leave: ['Escape', 'Escape'],
  },
  'help for filters': { place: '.filter-sheet', open: (panel) => panel.click('button', 'Filter language') },
  'saved filters, one of which gets another name': {
    place: '.filter-sheet:has(form + form)',
    open: async (panel) => {
      await panel.fill('searchbox', 'Filter frames', 'hello');
      await panel.click('button', 'Saved filters');
      await panel.click('button', 'Save');
      await panel.click('button', 'Rename “hello”');
    },
    leave: async (panel) => {
      await panel.press('Escape');
      await panel.waitFor(() => document.querySelectorAll('.filter-sheet form').length === 1);
      await panel.press('Escape');
      await panel.waitFor(() => document.querySelector('.filter-sheet') === null);
    },
  },
  'nothing in the palette': {
    place: 'dialog[open]',
    open: async (panel) => {
      await panel.press('k', ['Control']);
      await panel.fill('combobox', 'Type a command or a socket', 'xyzxyz');
      await panel.waitForText('No such command');
    },
  },
  'a code that nobody may close with': {
    place: composerWith('.close-form [aria-invalid=true]'),
    open: async (panel) => {
      await panel.click('button', 'Close socket');
      await panel.fill('textbox', 'Code', '1001');
    },
  },
  'the consent for workers': { place: 'dialog[open]', open: clicks('checkbox', 'Workers') },
  'settings that are wrong': {
    place: 'dialog[open]:has(.settings-problem:not(:empty))',
    open: async (panel) => {
      await panel.press(',', ['Control']);
      await panel.element('heading', 'Settings');
      await choose('framescope-settings.json', '{"theme":')(panel);
    },
  },
  'a broken file, a broken search, no bytes, a colour, hidden types, unseen sockets, and a file held over it':
    {
      place: 'html:has(.is-report):has(.drop-zone)',
      open: oneAfterAnother(
        choose('broken.ndjson', '{"type":\n', 3),
        menuOf('option', '/menus'),
        clicks('menuitemradio', 'Red'),
        clicks('button', 'Types'),
        clicks('button', 'Hide heartbeats'),
        clicks('button', 'Types'),
        (panel) => panel.evaluate(() => document.querySelector<HTMLElement>('summary')?.click()),
        (panel) => panel.fill('combobox', 'Format', 'hex'),
        (panel) => panel.fill('textbox', 'Message', 'no bytes'),
        (panel) => panel.press('f', ['Control']),
        clicks('button', 'Regular expression'),
        (panel) => panel.fill('textbox', 'Find in frames', '('),
        drag('dragenter'),
      ),
      leave: oneAfterAnother(
        drag('dragleave'),
        (panel) => panel.fill('textbox', 'Message', ''),
        (panel) => panel.fill('combobox', 'Format', 'text'),
        clicks('button', 'Close find bar'),
        clicks('button', 'Close'),
      ),
    },
  'an import under way': {
    place: '.transfer-bar:has(progress)',
    open: oneAfterAnother(
      (panel) => holdReading(panel, 3),
      choose('long.ndjson', `{"type":"nothing"}\n`.repeat(10_000), 50),
    ),
    leave: oneAfterAnother(clicks('button', 'Cancel'), goOnReading),
  },
};

/** Why there is nothing to see, or not all. */
const STATES: Readonly<Record<string, (panel: Panel) => Promise<void>>> = {
  'a wrong filter': (panel) => panel.fill('searchbox', 'Filter frames', 'len:>'),
  'a filter that nothing passes': async (panel) => {
    await panel.fill('searchbox', 'Filter frames', 'nowhere');
    await panel.waitForText('No frame passes the filter');
  },
  'a paused capture': async (panel) => {
    await panel.fill('searchbox', 'Filter frames', '');
    await panel.click('button', 'Pause');
    await panel.waitForText('Capturing is paused');
  },
  'another panel': async (panel) => {
    await panel.click('button', 'Pause');
    await panel.evaluate(() => {
      const second = Object.assign(document.createElement('iframe'), { src: 'panel.html', title: 'Second' });
      document.body.append(second);
    });
    await panel.waitForText('Another panel has taken over this page');
    await panel.evaluate(() => document.querySelector('iframe')?.remove());
  },
  'a cleared list': async (panel) => {
    await panel.click('button', 'Take it back');
    await panel.click('button', 'Clear');
    await panel.waitForText('No frames yet');
    await panel.element('button', 'Undo');
  },
  'what a low panel says instead of frames': async (panel) => {
    await panel.resize(420, 240);
    await panel.waitFor(() => {
      const empty = document.querySelector('.empty');
      return empty && empty.scrollHeight > empty.clientHeight && empty.getAttribute('tabindex') === '0';
    });
  },
};

describe('what axe-core finds wrong', () => {
  // Both themes.
  const stage = useStage('chromium', { ownBrowser: true });
  const inBothThemes = (place: string, panel = stage.panel) => axeInBothThemes(panel, place);

  async function everywhere(): Promise<string[]> {
    const problems: string[] = [];
    for (const [theme, width, height] of LOOKS) {
      await stage.panel.setTheme(theme);
      await stage.panel.waitFor((wanted: string) => document.documentElement.dataset.theme === wanted, theme);
      await stage.panel.resize(width, height);
      for (const problem of await axeProblems(stage.panel)) problems.push(`${theme} ${width}: ${problem}`);
    }
    return problems;
  }

  it('is nothing while there is no socket', async () => {
    expect(await everywhere()).toEqual([]);
  });

  describe('is nothing in what opens above the list or within it', () => {
    beforeAll(async () => {
      const { page, panel, server } = stage;
      await panel.resize(1400, 700);
      await page.navigate(server.serve('/menus', BLANK));
      await openSocket(page, `${server.sockets}/menus`, 'main');
      await page.evaluate(() => (window as unknown as TestWindow).sockets.main?.send('hello'));
      await selectRow(panel, 'hello');
    });

    it.each(Object.entries(OPENED))('%s', async (_, { place, open, leave = ['Escape'] }) => {
      const { panel } = stage;
      await open(panel);
      await panel.waitFor((wanted: string) => document.querySelector(wanted), place);
      expect(await inBothThemes(place)).toEqual([]);
      if (typeof leave === 'function') await leave(panel);
      else for (const key of leave) await panel.press(key);
      await panel.waitFor((left: string) => document.querySelector(left) === null, place);
    });
  });

  it('is nothing where frames are not all there', async () => {
    const { panel } = stage;
    const problems: string[] = [];
    for (const [name, bringAbout] of Object.entries(STATES)) {
      await bringAbout(panel);
      for (const problem of await inBothThemes('html')) problems.push(`${name}, ${problem}`);
    }
    expect(problems).toEqual([]);
  });

  it('is nothing among frames, in each view of a frame and beside a replay', async () => {
    const { page, panel, server } = stage;
    await page.navigate(server.serve('/page', BLANK));
    await openSocket(page, `${server.sockets}/socket`, 'main');
    const connection = await server.connection('/socket');
    connection.send('{"type":"trade","price":1.5,"nested":{"list":[1,null,true,"text"]}}');
    connection.send('{"broken": ');
    connection.send(new Uint8Array([0, 1, 2, 255]));
    await panel.resize(1400, 700);
    await showSocket(panel, '/socket');
    await selectRow(panel, 'trade');
    for (const tab of ['Preview', 'Raw', 'Hex', 'Diff', 'Info'] as const) {
      await panel.resize(1400, 700);
      await showTab(panel, tab);
      expect(await everywhere(), tab).toEqual([]);
    }
    await panel.press('n');
    await panel.waitFor(() => document.querySelector('.note-field') !== null);
    expect(await inBothThemes('.frames'), 'a note').toEqual([]);
    await panel.press('Escape');
    await panel.resize(1400, 700);
    await panel.click('row', { contains: 'broken' }, { modifiers: ['Shift'] });
    await panel.element('group', 'Replay');
    expect(await inBothThemes('.frames'), 'a replay').toEqual([]);
  });

  it('is nothing in rows and details of what is not a message, or not whole', async () => {
    const { page, panel, server } = stage;
    await panel.press('Escape');
    const connection = await server.connection('/socket');
    await panel.click('button', 'Pause');
    connection.send('while paused');
    await panel.waitForText('1 dropped');
    await panel.click('button', 'Pause');
    await page.evaluate(() => (window as unknown as TestWindow).sockets.main?.close(4400, 'enough'));
    await page.evaluate((url: string) => void new WebSocket(url), `${server.sockets}/refuse`);
    await panel.click('button', 'Show all');
    for (const row of ['is missing', 'enough', 'refused']) {
      await selectRow(panel, row);
      await showTab(panel, row === 'is missing' ? 'Preview' : 'Info');
      expect(await inBothThemes('html'), row).toEqual([]);
    }
    await selectRow(panel, 'broken');
    await showTab(panel, 'Preview');
    await panel.press('*');
    await panel.waitFor(() => document.querySelector('.is-starred'));
    expect(await inBothThemes('html'), 'what is not JSON, with a star').toEqual([]);
  });

  it('is nothing where a page cannot be reached', async () => {
    const { browser, page, panel, server } = stage;
    page.navigate('chrome://crash').catch(() => undefined); // it never comes to be there
    const unreachable = await browser.open(`${server.origin}/`);
    const other = await unreachable.openPanel();
    await other.resize(1400, 700);
    await unreachable.navigate('chrome://version/');
    await other.waitForText('No extension may look into this page');
    expect(await inBothThemes('html', other), 'a page of the browser').toEqual([]);
    await unreachable.close();
    await panel.waitForText('The connection to the page is lost');
    expect(await inBothThemes('html'), 'above frames').toEqual([]);
    await panel.click('button', 'Clear');
    await panel.waitFor(() => document.querySelector('.empty'));
    expect(await inBothThemes('html'), 'without any').toEqual([]);
  });
});

/** A page with this at its end has a hook that says that it is there, and nothing more. */
const SILENT = '?silent';

/** An extension whose hook is older than it is, but in pages where it says nothing at all. */
async function withOlderOrSilentHook(extension: string): Promise<string> {
  const copy = await withOlderHook(extension);
  const file = path.join(copy, 'src/page/hook.js');
  const silent = `const { port1, port2 } = new MessageChannel();
    port1.postMessage(0);
    document.dispatchEvent(new MessageEvent('${HANDOVER_EVENT}', { ports: [port2] }))`;
  const hook = await readFile(file, 'utf8');
  await writeFile(file, `if (location.search === '${SILENT}') { ${silent} } else { ${hook} }`);
  return copy;
}

describe('a page whose hook does not say what the panel wants to hear', () => {
  const stage = useStage('chromium', { prepare: withOlderOrSilentHook });

  it('is older than the extension, with nothing that axe-core finds wrong', async () => {
    const { panel } = stage;
    await panel.waitForText('The page runs an older version of Framescope');
    await panel.element('button', 'Reload page');
    expect(await axeInBothThemes(panel, 'html')).toEqual([]);
  });

  it('is still asked, with nothing that axe-core finds wrong', async () => {
    const { page, panel, server } = stage;
    await page.navigate(`${server.origin}/${SILENT}`);
    await panel.waitForText('Looking for sockets');
    expect(await axeInBothThemes(panel, 'html')).toEqual([]);
  });
});
