import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSocket } from './helpers/page.ts';
import {
  detailText,
  expectLedger,
  expectLines,
  expectStates,
  fact,
  lines,
  rowCount,
  SOON,
  showSocket,
  sockets,
} from './helpers/panel.ts';
import { BLANK, BROWSERS, useStage } from './helpers/stage.ts';

const SWITCHING = '101 Switching Protocols';
const SCRIPT = { 'content-type': 'text/javascript' };

describe.each(BROWSERS)('handshakes in %s', (name) => {
  const stage = useStage(name);
  const isChromium = name === 'chromium';

  /** Waits for a line of the shown socket's Info. */
  const expectFact = (term: string, expected: unknown) =>
    expect.poll(() => fact(stage.panel, term), { ...SOON, message: term }).toEqual(expected);

  it('shows status line, headers and initiator of a socket', async () => {
    const { page, panel, server } = stage;
    await openSocket(page, `${server.sockets}/shaken`, 'main', ['first.v1', 'second.v2']);
    await showSocket(panel, '/shaken');
    await expectFact('Status', SWITCHING);
    await expectFact('Sec-WebSocket-Protocol', 'first.v1, second.v2');
    const text = await detailText(panel);
    expect(text).toMatch(/Request headers[\s\S]*Origin[\s\S]*Response headers[\s\S]*Sec-WebSocket-Accept/);
    expect(text.split('Response headers')[1]).toMatch(/Sec-WebSocket-Protocolsecond\.v2/);
    expect(text).toContain('Created by');
    expect(text).not.toContain('chrome-extension:');
  });

  it('shows the answer to a socket that is looked at while it is connecting', async () => {
    const { page, panel, server } = stage;
    const opened = openSocket(page, `${server.sockets}/held/looked-at`, 'held');
    await showSocket(panel, '/held/looked-at');
    await panel.waitForText('Handshake');
    server.release('/held/looked-at');
    await opened;
    await expectFact('Status', SWITCHING);
    expect(await detailText(panel)).toMatch(/Response headers[\s\S]*Sec-WebSocket-Accept/i);
  });

  it('joins several sockets to one URL in the order of time', async () => {
    const { page, panel, server } = stage;
    await page.navigate(server.serve('/several', BLANK));
    for (const protocol of ['one.v1', 'two.v1', 'three.v1']) {
      await openSocket(page, `${server.sockets}/several`, protocol, [protocol]);
    }
    await expectStates(panel, '/several', 'OPEN', 'OPEN', 'OPEN');
    for (const [nth, protocol] of ['one.v1', 'two.v1', 'three.v1'].entries()) {
      await panel.click('option', { contains: '/several' }, { nth });
      await expectFact('Subprotocol', protocol);
      await expectFact('Status', SWITCHING);
      await expectFact('Sec-WebSocket-Protocol', protocol);
    }
  });

  it.each(['401', '403', '404', '503'])('says that a server refused with %s', async (status) => {
    const { page, panel, server } = stage;
    await page.evaluate(
      (url: string) =>
        new Promise((resolve) => new WebSocket(url).addEventListener('close', resolve)).then(() => {}),
      `${server.sockets}/refuse/${status}`,
    );
    await expectStates(panel, `/refuse/${status}`, 'CLOSED');
    await showSocket(panel, `/refuse/${status}`);
    const words = {
      401: 'Unauthorized',
      403: 'Forbidden',
      404: 'Not Found',
      503: 'Service Unavailable',
    }[status];
    const answer = `${status} ${words}`;
    const refused = `refused: ${answer}`;
    await expectLines(panel, [`error ${refused}`, expect.stringMatching(/^close 1006/)]);
    await expectFact('Status', refused);
    const listed = (await sockets(panel)).find(({ url }) => url.endsWith(`/refuse/${status}`));
    expect(listed?.text).toContain(refused);
    const text = await detailText(panel);
    expect(text).toContain('Sec-WebSocket-Version');
    expect(text).toContain(
      isChromium ? 'The browser keeps no response headers of a refused handshake.' : 'X-Refused-By',
    );
  });

  it('says why a connection could not be made, where the browser does', async () => {
    const { page, panel } = stage;
    await page.evaluate(() =>
      new Promise((resolve) => {
        new WebSocket('ws://127.0.0.1:9/nobody').addEventListener('close', resolve);
      }).then(() => {}),
    );
    await showSocket(panel, '/nobody');
    const error = isChromium
      ? 'error failed: net::ERR_UNSAFE_PORT'
      : 'error The connection failed or was closed because of an error';
    await expectLines(panel, [error, expect.stringMatching(/^close 1006/)]);
  });

  it('shows text of headers as text', async () => {
    const { page, panel, server } = stage;
    await openSocket(page, `${server.sockets}/text?<img src=x onerror=document.title='harmed'>`, 'html');
    await showSocket(panel, '/text');
    await expectFact('Status', SWITCHING);
    expect(await panel.evaluate(() => document.querySelectorAll('[role=tabpanel] img').length)).toBe(0);
  });

  it('says in one sentence where there is no handshake to show', async () => {
    const { browser, server } = stage;
    const page = await browser.open(server.serve('/early', BLANK));
    await openSocket(page, `${server.sockets}/early`);
    const panel = await page.openPanel();
    await panel.resize(1400, 700);
    await showSocket(panel, '/early');
    await expect.poll(() => detailText(panel), SOON).toContain('The browser has no record of this handshake');
    await page.close();
  });
});

describe('read-only sockets in chromium', () => {
  const stage = useStage('chromium');

  /** The page has a worker of some kind with a socket on a path, which sends `hi` and three bytes. */
  const workerScript = (address: string) =>
    `socket = new WebSocket('${stage.server.sockets}${address}');
     socket.onopen = () => { socket.send('hi'); socket.send(new Uint8Array([1, 2, 250])); };
     onmessage = ({ data }) => socket.send(data);`;

  const START = {
    'a dedicated worker': () =>
      stage.page.evaluate(
        (url: string) => {
          (window as unknown as { worker: Worker }).worker = new Worker(url);
        },
        stage.server.serve('/dedicated.js', workerScript('/from-dedicated'), SCRIPT),
      ),
    'a blob worker': () =>
      stage.page.evaluate((script: string) => {
        const url = URL.createObjectURL(new Blob([script]));
        (window as unknown as { worker: Worker }).worker = new Worker(url);
      }, workerScript('/from-blob')),
    'a data worker': () =>
      stage.page.evaluate((script: string) => {
        (window as unknown as { worker: Worker }).worker = new Worker(
          `data:text/javascript,${encodeURIComponent(script)}`,
        );
      }, workerScript('/from-data')),
    'a service worker': () =>
      stage.page.evaluate(
        async (url: string) => {
          await navigator.serviceWorker.register(url);
          await navigator.serviceWorker.ready;
        },
        stage.server.serve('/service.js', workerScript('/from-service'), SCRIPT),
      ),
  };

  /** Of each kind of worker the path of its socket, and where Info says that it lives. */
  const WORKERS = [
    ['a dedicated worker', '/from-dedicated', 'worker · /dedicated.js'],
    ['a blob worker', '/from-blob', 'worker · '],
    ['a data worker', '/from-data', 'worker · data:'],
    ['a service worker', '/from-service', 'worker · /service.js'],
  ] as const;

  // All at once, because it is the log that is waited for: the longer it has nothing new, the less often it is read.
  it('shows the sockets of workers of every kind with their frames', async () => {
    const { page, panel, server } = stage;
    await page.navigate(server.serve('/with-workers', BLANK));
    await openSocket(page, `${server.sockets}/captured`);
    for (const [kind] of WORKERS) await START[kind]();
    const sent = ['open connected', 'sent text 2 hi', 'sent binary 3 01 02 fa  ...'];
    for (const [, where] of WORKERS) await expectStates(panel, where, 'OPEN');
    for (const [, where] of WORKERS) {
      await expect
        .poll(async () => (await sockets(panel)).find(({ url }) => url.endsWith(where))?.text, SOON)
        .toContain('read-only');
      await showSocket(panel, where);
      await expectLines(panel, sent);
    }
    for (const [, where] of WORKERS) {
      const connection = await server.connection(where);
      connection.send('wide 🙂 ✓');
      connection.send(new Uint8Array([0, 255]));
    }
    for (const [, where, label] of WORKERS) {
      await showSocket(panel, where);
      await expectLines(panel, [...sent, 'received text 13 wide 🙂 ✓', 'received binary 2 00 ff  ..']);
      await expect.poll(() => fact(panel, 'Read-only'), SOON).toContain('Opened by a worker');
      await expect.poll(() => fact(panel, 'Lives in'), SOON).toContain(label);
      await expect.poll(() => fact(panel, 'Status'), SOON).toBe('101 Switching Protocols');
      for (const button of ['Send', 'Inject', 'Close socket'])
        await expect.poll(async () => (await panel.element('button', button)).disabled, SOON).toBe(true);
    }
    for (const [, where] of WORKERS) (await server.connection(where)).close(1000);
    for (const [, where] of WORKERS) {
      await expectStates(panel, where, 'CLOSED');
      await showSocket(panel, where);
      await expect.poll(() => rowCount(panel), SOON).toBe(6);
    }
    await expect
      .poll(async () => (await sockets(panel)).map(({ url }) => new URL(url).pathname).sort(), SOON)
      .toEqual(['/captured', ...WORKERS.map(([, where]) => where)].sort());
    await page.evaluate(async () => {
      for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
    });
  });

  it('shows the socket of a frame in which no content script runs', async () => {
    const { page, panel, server } = stage;
    await page.navigate(server.serve('/script-frame', BLANK));
    await page.evaluate((url: string) => {
      const frame = document.createElement('iframe');
      frame.src = `javascript:void(self.socket = new WebSocket('${url}'))`;
      document.body.append(frame);
    }, `${server.sockets}/from-script-frame`);
    await server.connection('/from-script-frame');
    await openSocket(page, `${server.sockets}/beside`); // with which the log is read
    await expectStates(panel, '/from-script-frame', 'OPEN');
    await showSocket(panel, '/from-script-frame');
    await expect
      .poll(() => fact(panel, 'Read-only'), SOON)
      .toContain("Opened where Framescope's hook does not run");

    const connection = await server.connection('/from-script-frame');
    connection.send('before');
    const before = ['open connected', 'received text 6 before'];
    await expectLines(panel, before);
    await page.evaluate(() => (frames[0] as unknown as { socket: WebSocket }).socket.send('used'));
    const firstAndLast = async () => {
      const all = await lines(panel);
      return [...all.slice(0, 2), all.at(-1)];
    };
    await expect.poll(firstAndLast, SOON).toEqual([...before, 'sent text 4 used']);
    await expectStates(panel, '/from-script-frame', 'OPEN');
  });

  it('lists no captured socket twice, however many there are to one URL, and keeps the ledger', async () => {
    const { page, panel, server } = stage;
    await page.navigate(server.serve('/twice', BLANK));
    for (const index of [0, 1, 2, 3, 4]) await openSocket(page, `${server.sockets}/twice`, `s${index}`);
    await page.evaluate(
      (url: string) => {
        (window as unknown as { worker: Worker }).worker = new Worker(url);
      },
      server.serve('/twice.js', workerScript('/twice'), SCRIPT),
    );
    await expectStates(panel, '/twice', 'OPEN', 'OPEN', 'OPEN', 'OPEN', 'OPEN', 'OPEN');
    await expect
      .poll(async () => (await sockets(panel)).filter(({ text }) => text.includes('read-only')), SOON)
      .toHaveLength(1);
    await expectLedger(panel, { frames: 8, dropped: 0, inFlight: 0 });
    await page.navigate(server.serve('/after-twice', BLANK));
    await expect.poll(() => sockets(panel), SOON).toEqual([]);
    await expectLedger(panel, { frames: 0, dropped: 0, inFlight: 0 });
  });

  it('does not show the socket of a shared worker, which the network log of a page does not have', async () => {
    const { page, panel, server } = stage;
    await page.navigate(server.serve('/sharing', BLANK));
    await page.evaluate(
      (url: string) => {
        (window as unknown as { worker: SharedWorker }).worker = new SharedWorker(url);
      },
      server.serve('/shared.js', workerScript('/from-shared'), SCRIPT),
    );
    await server.connection('/from-shared');
    await openSocket(page, `${server.sockets}/beside-shared`);
    await showSocket(panel, '/beside-shared');
    await expect.poll(() => fact(panel, 'Status'), SOON).toBe('101 Switching Protocols');
    await expect.poll(async () => (await sockets(panel)).length, SOON).toBe(1);
  });
});

describe('a page without the hook in chromium', () => {
  const stage = useStage('chromium', {
    prepare: async (extension) => {
      const folder = await mkdtemp(path.join(os.tmpdir(), 'framescope-without-hook-'));
      await cp(extension, folder, { recursive: true });
      const file = path.join(folder, 'manifest.json');
      const { content_scripts, ...manifest } = JSON.parse(await readFile(file, 'utf8'));
      expect(content_scripts).toHaveLength(2);
      await writeFile(file, JSON.stringify(manifest));
      return folder;
    },
  });

  it('has its sockets shown read-only, with the offer to reload it', async () => {
    const { page, panel, server } = stage;
    await openSocket(page, `${server.sockets}/unhooked`);
    (await server.connection('/unhooked')).send('from the log');
    await expectStates(panel, '/unhooked', 'OPEN');
    await showSocket(panel, '/unhooked');
    await expectLines(panel, ['open connected', 'received text 12 from the log']);
    await expect.poll(() => fact(panel, 'Read-only'), SOON).toContain('The page is older than Framescope');
    await panel.element('button', { contains: 'Reload' });
  });
});
