import type { InspectedPage, Modifier, Panel } from '../devtools/driver.ts';
import { until } from '../devtools/poll.ts';
import { type PanelSeen, readPanel } from '../tools/panel-text.ts';

/** One picture. */
export interface Scene {
  /** Of its file, without the extension. */
  readonly name: string;
  /** Chromium when left out. */
  readonly browser?: 'firefox';
  readonly theme: 'light' | 'dark';
  /** Width and height of the panel in CSS pixels. */
  readonly size: readonly [number, number];
  /** Query of the demo's page: `?only=` keeps loud cards out of calm pictures. */
  readonly path: string;
  /** What is older than the extension: the page itself, or the hook in it. */
  readonly older?: 'page' | 'hook';
  /** Firefox only: whether the extension may read pages. */
  readonly grantHosts?: boolean;
  /** Brings the panel into the state that is photographed. */
  prepare(stage: Stage): Promise<void>;
}

/** What a scene plays on. */
export interface Stage {
  readonly page: InspectedPage;
  readonly panel: Panel;
}

const WIDE = [1400, 800] as const;
const MIDDLE = [1280, 720] as const;
const NARROW = [480, 800] as const;
const TIME_FOR_CONTENT = 60_000;

const EVERYTHING_CALM = '?only=ticker,chat,echo,notifications,mqtt,socketio,secure&rate=2';
const CHAT = '?only=ticker,chat,notifications&rate=2';

/** All pictures, in the order in which they are taken. */
export const SCENES: readonly Scene[] = [
  { name: 'panel-light', theme: 'light', size: WIDE, path: EVERYTHING_CALM, prepare: oneTrade },
  { name: 'panel-dark', theme: 'dark', size: WIDE, path: EVERYTHING_CALM, prepare: oneTrade },
  {
    name: 'firefox-dark',
    browser: 'firefox',
    theme: 'dark',
    size: WIDE,
    path: EVERYTHING_CALM,
    prepare: oneTrade,
  },
  { name: 'narrow', theme: 'light', size: NARROW, path: CHAT, prepare: oneTrade },
  { name: 'replay', theme: 'light', size: MIDDLE, path: CHAT, prepare: replay },
  { name: 'close', theme: 'dark', size: MIDDLE, path: CHAT, prepare: closeForm },
  { name: 'hex', theme: 'dark', size: MIDDLE, path: '?only=game,ticker&rate=2', prepare: hex },
  { name: 'binary', theme: 'light', size: MIDDLE, path: '?only=game,ticker&rate=2', prepare: binary },
  { name: 'info', theme: 'light', size: MIDDLE, path: '?only=game,ticker&rate=2', prepare: info },
  { name: 'filter-problem', theme: 'light', size: MIDDLE, path: CHAT, prepare: filterProblem },
  {
    name: 'closed-1008',
    theme: 'light',
    size: MIDDLE,
    path: '?only=ticker,refusals&rate=2',
    prepare: closedByPolicy,
  },
  { name: 'empty', theme: 'light', size: MIDDLE, path: '?only=nothing', prepare: empty },
  { name: 'state-no-frames', theme: 'light', size: MIDDLE, path: '?only=echo', prepare: noFrames },
  { name: 'state-paused', theme: 'dark', size: MIDDLE, path: CHAT, prepare: paused },
  { name: 'state-gap', theme: 'light', size: MIDDLE, path: CHAT, prepare: gap },
  { name: 'state-nothing-passes', theme: 'dark', size: MIDDLE, path: CHAT, prepare: nothingPasses },
  { name: 'state-undo', theme: 'light', size: MIDDLE, path: CHAT, prepare: cleared },
  {
    name: 'state-no-hook',
    theme: 'light',
    size: MIDDLE,
    path: '?only=nothing',
    older: 'page',
    prepare: ({ panel }) => panel.waitForText('This page does not answer'),
  },
  {
    name: 'state-no-permission',
    browser: 'firefox',
    grantHosts: false,
    theme: 'dark',
    size: MIDDLE,
    path: CHAT,
    prepare: ({ panel }) => panel.waitForText('Framescope may not read this page'),
  },
  {
    name: 'state-outdated',
    older: 'hook',
    theme: 'light',
    size: MIDDLE,
    path: CHAT,
    prepare: ({ panel }) => panel.waitForText('The page runs an older version of Framescope'),
  },
  { name: 'state-replaced', theme: 'light', size: MIDDLE, path: CHAT, prepare: replaced },
  { name: 'state-lost', theme: 'dark', size: MIDDLE, path: CHAT, prepare: lost },
  { name: 'state-not-json', theme: 'light', size: MIDDLE, path: '?only=echo', prepare: notJson },
  { name: 'state-too-large', theme: 'dark', size: MIDDLE, path: '?only=echo', prepare: tooLarge },
  {
    name: 'state-broken-file',
    theme: 'dark',
    size: MIDDLE,
    path: '?only=ticker&rate=2',
    prepare: brokenFile,
  },
  { name: 'palette', theme: 'light', size: MIDDLE, path: CHAT, prepare: palette },
  { name: 'keys', theme: 'dark', size: MIDDLE, path: CHAT, prepare: keys },
  { name: 'settings', theme: 'light', size: MIDDLE, path: CHAT, prepare: settings },
];

/** All sockets, a full list and the tree of one frame; an answer is being written. */
async function oneTrade({ panel }: Stage): Promise<void> {
  await seen(panel, 'a full list and a notification from the iframe', ({ sockets, frames }) => {
    return frames > 70 && sockets.some(({ url, frames: own }) => url.includes('/notifications') && own > 1);
  });
  await panel.fill('textbox', 'Message', '{"type":"rate","perSecond":20}');
  await holdStill(panel);
  await selectRow(panel, '"type":"trade"', -4);
  await panel.element('tree', 'JSON');
}

/** A few frames of the chat, chosen to be sent again. */
async function replay({ panel }: Stage): Promise<void> {
  await showSocket(panel, '/chat', 9);
  await holdStill(panel);
  await selectRow(panel, 'received', 2);
  await selectRow(panel, 'received', 5, ['Shift']);
  await panel.element('group', 'Replay');
}

/** The form that closes a socket, filled in. */
async function closeForm({ panel }: Stage): Promise<void> {
  await showSocket(panel, '/chat', 7);
  await panel.click('button', 'Close socket');
  await panel.fill('textbox', 'Code', '4000');
  await panel.fill('textbox', 'Reason', 'Testing the reconnect');
}

/** One state of the game's world as the values that its MessagePack holds. */
async function binary({ panel }: Stage): Promise<void> {
  await showSocket(panel, '/game', 60);
  await holdStill(panel);
  await selectRow(panel, 'received', -3);
  await panel.element('treeitem', { contains: 'coins' });
}

/** The bytes of one state of the game's world. */
async function hex({ panel }: Stage): Promise<void> {
  await showSocket(panel, '/game', 60);
  await holdStill(panel);
  await selectRow(panel, 'received', -3);
  await panel.click('tab', 'Hex');
}

/** Who has sent a frame, down to the line of code. */
async function info({ panel }: Stage): Promise<void> {
  await showSocket(panel, '/game', 60);
  await holdStill(panel);
  await selectRow(panel, 'sent', -2);
  await panel.click('tab', 'Info');
  await panel.waitForText('Sent by');
}

/** A filter that cannot be, and why. */
async function filterProblem({ panel }: Stage): Promise<void> {
  await seen(panel, 'some frames', ({ frames }) => frames > 30);
  await panel.fill('searchbox', 'Filter frames', 'dir:up BTC');
  await panel.waitForText('“dir:” cannot be “up”');
}

/** A close code in words. */
async function closedByPolicy({ page, panel }: Stage): Promise<void> {
  for (const label of ['Refused handshake', 'Session expired', 'Policy violation']) {
    await page.waitFor((text: string) => {
      const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === text);
      button?.click();
      return button !== undefined;
    }, label);
  }
  await seen(panel, 'three closed sockets', ({ sockets, frames }) => {
    return sockets.filter(({ state }) => state === 'CLOSED').length === 3 && frames > 20;
  });
  await holdStill(panel);
  await selectRow(panel, '1008', -1);
  await panel.waitForText("The receiver's rules forbid this");
}

/** Nothing to see yet. */
async function empty({ panel }: Stage): Promise<void> {
  await panel.waitForText('No WebSocket yet');
}

/** Sockets, and no frame of theirs. */
async function noFrames({ panel }: Stage): Promise<void> {
  await seen(panel, 'a socket', ({ sockets }) => sockets.length > 0);
  // Its first frames may still be on their way.
  await until(
    async () => {
      await panel.click('button', 'Clear');
      return (await panel.text()).includes('No frames yet');
    },
    TIME_FOR_CONTENT,
    () => 'The list does not stay empty',
  );
}

/** A capture that rests. */
async function paused({ panel }: Stage): Promise<void> {
  await seen(panel, 'some frames', ({ frames }) => frames > 30);
  await panel.click('button', 'Pause');
  await panel.waitForText('Capturing is paused');
}

/** The row that says what came meanwhile. */
async function gap(stage: Stage): Promise<void> {
  const { panel } = stage;
  await paused(stage);
  const dropped = () =>
    panel.evaluate(() => Number(/(\d+) dropped/.exec(document.body.textContent ?? '')?.[1] ?? 0));
  await until(
    async () => (await dropped()) > 5,
    TIME_FOR_CONTENT,
    async () => 'Nothing was counted while paused',
  );
  await panel.click('button', 'Resume');
  await panel.element('row', { contains: 'paused' }, { nth: 0 });
}

/** A filter that nothing passes. */
async function nothingPasses({ panel }: Stage): Promise<void> {
  await seen(panel, 'some frames', ({ frames }) => frames > 30);
  await panel.fill('searchbox', 'Filter frames', 'a text that nobody sends');
  await panel.waitForText('passes');
}

/** The way back from a click on Clear. */
async function cleared({ panel }: Stage): Promise<void> {
  await seen(panel, 'some frames', ({ frames }) => frames > 60);
  await panel.click('button', 'Clear');
  await panel.element('button', 'Undo');
}

/** A second panel of the same page. */
async function replaced({ panel }: Stage): Promise<void> {
  await seen(panel, 'some frames', ({ frames }) => frames > 30);
  await panel.evaluate(() => {
    const second = document.createElement('iframe');
    second.src = 'panel.html';
    second.style.cssText = 'position: fixed; width: 900px; height: 500px; opacity: 0; pointer-events: none';
    document.body.append(second);
  });
  await panel.waitForText('Another panel has taken over this page');
}

/** A page whose process has died. */
async function lost({ page, panel }: Stage): Promise<void> {
  await seen(panel, 'some frames', ({ frames }) => frames > 30);
  await holdStill(panel);
  // It never comes to be there.
  page.navigate('chrome://crash').catch(() => undefined);
  await panel.waitForText('The connection to the page is lost');
}

/** A message that breaks off in the middle, sent all the same. */
async function notJson({ panel }: Stage): Promise<void> {
  await seen(panel, 'a socket', ({ sockets }) => sockets.length > 0);
  await panel.fill('textbox', 'Message', '{"type":"order","items":[{"sku":"A-17","count":2},{"sku":');
  await panel.click('button', 'Send');
  await panel.click('row', { contains: 'A-17' }, { nth: 0 });
  await panel.waitForText('Not JSON: line 1');
}

/** A message that is longer than what is read into a tree. */
async function tooLarge({ page, panel }: Stage): Promise<void> {
  await seen(panel, 'a socket', ({ sockets }) => sockets.length > 0);
  await page.evaluate(() => {
    const socket = new WebSocket(`ws://${location.host}/echo`);
    socket.addEventListener('open', () => socket.send(`{"rows":[${'{"id":1},'.repeat(2_000_000)}{}]}`));
  });
  await panel.click('row', { contains: '{"rows"' }, { nth: 0 });
  await panel.waitForText('too large for a tree');
}

/** A file of which some lines cannot be read. */
async function brokenFile({ panel }: Stage): Promise<void> {
  await seen(panel, 'some frames', ({ frames }) => frames > 30);
  await holdStill(panel);
  await panel.evaluate(() => {
    const message = { type: 'message', socket: 1, time: Date.now(), direction: 'sent', format: 'text' };
    const lines = [
      '{"type":"framescope","version":1}',
      '{"type":"socket","socket":1,"url":"wss://staging.example/orders","readyState":"CLOSED","createdAt":1}',
      JSON.stringify({ ...message, length: 15, data: '{"type":"ping"}' }),
      JSON.stringify({ ...message, time: 'yesterday', length: 2, data: 'ok' }),
      JSON.stringify({ ...message, socket: 4, length: 2, data: 'ok' }),
      '{"type":"message","socket":1,"time":17',
    ];
    const files = new DataTransfer();
    files.items.add(new File([lines.join('\n')], 'monday.ndjson'));
    const dropped = new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true });
    document.body.dispatchEvent(dropped);
  });
  await panel.waitForText('could not be read');
}

/** Commands and sockets by name. */
async function palette({ panel }: Stage): Promise<void> {
  await seen(panel, 'some frames', ({ frames }) => frames > 30);
  await holdStill(panel);
  await panel.press('k', ['Control']);
  await panel.element('combobox', 'Type a command or a socket');
  await panel.type('so');
}

async function keys({ panel }: Stage): Promise<void> {
  await seen(panel, 'some frames', ({ frames }) => frames > 30);
  await holdStill(panel);
  await panel.press('?', ['Shift']);
  await panel.element('heading', 'Keyboard shortcuts');
}

async function settings({ panel }: Stage): Promise<void> {
  await seen(panel, 'some frames', ({ frames }) => frames > 30);
  await panel.click('button', 'Settings');
  await panel.element('heading', 'Settings');
}

async function seen(panel: Panel, what: string, look: (panel: PanelSeen) => boolean): Promise<void> {
  await until(
    async () => look(await readPanel(panel)),
    TIME_FOR_CONTENT,
    async () => `The panel does not show ${what}:\n${await panel.text()}`,
  );
}

async function showSocket(panel: Panel, service: string, frames: number): Promise<void> {
  await panel.click('option', { contains: service });
  await seen(
    panel,
    `${frames} frames on ${service}`,
    ({ sockets }) => (sockets.find(({ url }) => url.includes(service))?.frames ?? 0) >= frames,
  );
}

/** A list that follows its end moves under the mouse; a press in it makes it stay. */
async function holdStill(panel: Panel): Promise<void> {
  await panel.click('columnheader', 'Data');
}

async function selectRow(panel: Panel, text: string, nth: number, modifiers: Modifier[] = []): Promise<void> {
  await panel.click('row', { contains: text }, { nth, modifiers });
  await panel.waitFor(() => document.querySelector('[role=row][aria-selected=true]') !== null);
}
