/**
 * Framescope as people meet it: the demo in a browser, DevTools open on the panel. With no display it does the same
 * without a window, checks that the panel shows the demo's frames and prints what it shows.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBrowser } from './browsers/ensure.ts';
import type { BrowserName, Panel } from './devtools/driver.ts';
import { until } from './devtools/poll.ts';
import { buildExtension } from './tools/build.ts';
import { ROOT } from './tools/command.ts';
import { aborted, abortOnSignals, Interrupted } from './tools/interruption.ts';
import { describePanel, type PanelSeen, readPanel } from './tools/panel-text.ts';
import { photograph } from './tools/photograph.ts';
import { type DemoSession, startSession } from './tools/session.ts';

const USAGE = `Usage: npm start -- [options]

  --firefox    Firefox instead of Chromium, Chrome or Edge
  --headless   without a window: check the panel, print what it shows, end
  --help       this

CHROME_PATH and FIREFOX_PATH name the program of a browser.`;

const TRY = `Things to try:
  · Click a row: its JSON as a tree, raw text, bytes, and under Info the line of code that sent it.
  · Filter: BTC, /"price":6\\d/, dir:sent, len:>1k, socket:chat -type:binary
  · Choose /chat in the socket list, write into the composer, then Send – or Inject, and the page believes it.
  · Select several rows with Shift and replay them.
  · On the page, turn the ticker up to 5,000 a second, or send a burst of 50,000.`;

/** The services whose frames a working panel must show; the last one lives in an iframe. */
const EXPECTED = ['/ticker', '/chat', '/notifications'];
const EXPECTED_FRAMES = 50;
const TIME_FOR_FRAMES = 60_000;
/** Of the panel without a window, in CSS pixels. */
const SIZE = [1400, 800] as const;

const signal = abortOnSignals();
try {
  await start(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Interrupted)) console.error(error instanceof Error ? error.message : error);
  process.exitCode = error instanceof Interrupted ? 130 : 1;
}
// Whatever still runs when a start was interrupted ends with this process, the browser and its profile too.
process.exit();

async function start(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      firefox: { type: 'boolean', default: false },
      headless: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const name: BrowserName = values.firefox ? 'firefox' : 'chromium';
  const headless = values.headless || !hasDisplay();
  console.log(`Browser: ${await orInterrupted(ensureBrowser(name))}`);
  console.log('Building the extension …');
  await buildExtension(name, { signal });
  console.log(headless ? 'No window: starting the browser headless …' : 'Starting the browser …');
  // Docked, the page and its panel are in sight together; headless, the panel can have any size.
  const session = await orInterrupted(
    startSession({ browser: name, headless, dock: headless ? 'window' : 'bottom', args: windowSize(name) }),
  ).catch((error: unknown) => {
    throw headless || error instanceof Interrupted ? error : withoutDisplay(error);
  });
  try {
    await orInterrupted(headless ? check(session) : stay(session));
  } finally {
    await session.close();
  }
}

function hasDisplay(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return ['darwin', 'win32'].includes(process.platform) || Boolean(DISPLAY) || Boolean(WAYLAND_DISPLAY);
}

/** What `DISPLAY` names need not be there. */
function withoutDisplay(error: unknown): Error {
  const reason = error instanceof Error ? error.message : String(error);
  return new Error(`${reason.trimEnd()}\n\nWithout a display that works: npm start -- --headless`, {
    cause: error,
  });
}

function orInterrupted<T>(work: Promise<T>): Promise<T> {
  return Promise.race([work, aborted(signal)]);
}

function windowSize(name: BrowserName): string[] {
  return name === 'firefox' ? ['--width', '1440', '--height', '1000'] : ['--window-size=1440,1000'];
}

/** Leaves the browser to the person in front of it. */
async function stay({ browser, demo }: DemoSession): Promise<void> {
  console.log(`
Framescope runs in ${browser.version}: the demo (${demo.url}) with DevTools open on the panel.

${TRY}

Close the browser or press Ctrl+C to end.`);
  await browser.closed;
}

/** Waits until the panel shows the demo's frames and prints it. */
async function check({ browser, panel }: DemoSession): Promise<void> {
  await panel.resize(...SIZE);
  await waitForFrames(panel);
  await readTrade(panel);
  const seen = await readPanel(panel);
  const picture = path.join(ROOT, '.cache', `start-${browser.name}.png`);
  await photograph(panel, picture, SIZE);
  console.log(`\nThe panel in ${browser.version} shows:\n\n${describePanel(seen)}\n`);
  console.log(`Screenshot: ${path.relative(process.cwd(), picture)}`);
  console.log(
    `All well. With a display, "npm start" leaves the browser open; "npm run demo" starts the demo alone.`,
  );
}

/** Selects a trade, as a user would: its JSON is shown as a tree. */
async function readTrade(panel: Panel): Promise<void> {
  await panel.click('columnheader', 'Data'); // a press in the list makes it stay
  await panel.click('row', { contains: '"type":"trade"' }, { nth: -1 });
  await panel.element('tree', 'JSON');
}

async function waitForFrames(panel: Panel): Promise<PanelSeen> {
  let seen = await readPanel(panel);
  await until(
    async () => {
      signal.throwIfAborted();
      seen = await readPanel(panel);
      return missing(seen).length === 0;
    },
    TIME_FOR_FRAMES,
    () =>
      `The panel does not show the demo's frames: ${missing(seen).join('; ')}.\n\n${describePanel(seen)}\n`,
  );
  return seen;
}

/** What a working panel would show and this one does not. */
function missing({ sockets, frames, rows }: PanelSeen): string[] {
  const silent = EXPECTED.filter(
    (service) =>
      !sockets.some(
        ({ url, state, frames: count }) => new URL(url).pathname === service && state === 'OPEN' && count > 0,
      ),
  );
  return [
    ...silent.map((service) => `no open socket with frames on ${service}`),
    ...(frames > EXPECTED_FRAMES ? [] : [`${frames} frames, not more than ${EXPECTED_FRAMES}`]),
    ...(rows.length > 0 ? [] : ['no row in the frame list']),
  ];
}
