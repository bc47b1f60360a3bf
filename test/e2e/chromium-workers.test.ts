import { describe, expect, it } from 'vitest';
import {
  expectLines,
  expectNotice,
  expectStates,
  fact,
  SOON,
  showSocket,
  sockets,
  statesOf,
} from './helpers/panel.ts';
import { isSwitchedOn, switchOn, withPermissions } from './helpers/site-workers.ts';
import { type Stage, useStage } from './helpers/stage.ts';

// In Chromium the `blob:` workers of a site are captured once that is switched on for it.

/** Script of a worker that opens a socket and tells its page what it gets. */
const chatter = (url: string) => `'use strict'
  const socket = new WebSocket('${url}');
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => socket.send('from the worker');
  socket.onmessage = ({ data }) => postMessage(typeof data === 'string' ? data : data.byteLength);
  socket.onclose = ({ code }) => postMessage('closed ' + code);
`;

interface WorkerWindow extends Window {
  heard: unknown[];
  worker: Worker;
}

/** As pages do it: the URL is let go as soon as the worker is there. */
function startWorker({ page }: Stage, script: string, options: WorkerOptions = {}): Promise<void> {
  return page.evaluate(
    (text: string, settings: WorkerOptions) => {
      const own = window as unknown as WorkerWindow;
      const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
      own.heard = [];
      own.worker = new Worker(url, settings);
      own.worker.onmessage = ({ data }) => own.heard.push(data);
      URL.revokeObjectURL(url);
    },
    script,
    options,
  );
}

const heard = ({ page }: Stage) => page.evaluate(() => (window as unknown as WorkerWindow).heard);

const isReadOnly = async ({ panel }: Stage, path: string) =>
  (await sockets(panel)).find(({ url }) => new URL(url).pathname === path)?.text.includes('read-only');

async function expectReadOnly(stage: Stage, path: string): Promise<void> {
  await expectStates(stage.panel, path, 'OPEN');
  await expect.poll(() => isReadOnly(stage, path), SOON).toBe(true);
}

describe('the switch for the workers of a site', () => {
  const stage = useStage('chromium', { prepare: withPermissions });

  it('is off, and names what it changes before anything does', async () => {
    const { panel, server } = stage;
    await startWorker(stage, chatter(`${server.sockets}/native`));
    await expectReadOnly(stage, '/native');
    await expect.poll(() => isSwitchedOn(stage), SOON).toBe(false);
    await panel.click('checkbox', 'Workers');
    await panel.waitForText(`Capture the workers of ${server.origin}?`);
    for (const text of ['self.location', 'are Proxies', 'reads its own script']) {
      await expect.poll(() => panel.text(), SOON).toContain(text);
    }
    await panel.press('Escape');
    await panel.waitFor(() => !document.querySelector('dialog'));
    await expect.poll(() => isSwitchedOn(stage), SOON).toBe(false);
  });

  it('captures the sockets of blob workers, which can be acted on', async () => {
    const { panel, server } = stage;
    await switchOn(stage);
    await startWorker(stage, chatter(`${server.sockets}/blob`));
    await expectStates(panel, '/blob', 'OPEN');
    await showSocket(panel, '/blob');
    const connection = await server.connection('/blob');
    await connection.messages(1);
    connection.send('from the server');
    await expectLines(panel, [
      'open connected',
      'sent text 15 from the worker',
      'received text 15 from the server',
    ]);
    await panel.fill('textbox', 'Message', 'from the panel');
    await panel.click('button', 'Send');
    expect(await connection.messages(2)).toEqual(['from the worker', 'from the panel']);
    await panel.click('button', 'Inject');
    await expect.poll(() => heard(stage), SOON).toEqual(['from the server', 'from the panel']);
    await expect.poll(() => fact(panel, 'Status'), SOON).toBe('101 Switching Protocols');
    await expect.poll(() => statesOf(panel, '/blob'), SOON).toEqual(['OPEN']);
    await expect.poll(() => isReadOnly(stage, '/blob'), SOON).toBe(false);
    await panel.click('button', 'Close socket');
    await panel.fill('textbox', 'Code', '4000');
    await panel.click('button', 'Close now');
    expect(await connection.ended()).toMatchObject({ code: 4000 });
    await expectStates(panel, '/blob', 'CLOSED');
    await expect.poll(() => heard(stage), SOON).toContain('closed 4000');
  });

  it('captures module workers, and ends with a worker that is terminated', async () => {
    const { page, panel, server } = stage;
    await startWorker(stage, `${chatter(`${server.sockets}/module`)};export {};`, { type: 'module' });
    await expectStates(panel, '/module', 'OPEN');
    await expect.poll(() => isReadOnly(stage, '/module'), SOON).toBe(false);
    await page.evaluate(() => (window as unknown as WorkerWindow).worker.terminate());
    await expectStates(panel, '/module', 'CLOSED');
  });

  it('captures from the first script of the next page on, and in its frames', async () => {
    const { page, panel, server } = stage;
    const start = (path: string) =>
      `<!doctype html><script>
        window.worker = new Worker(URL.createObjectURL(new Blob([${JSON.stringify(chatter(server.sockets + path))}])))
      </script>`;
    server.serve('/framed.html', start('/framed'));
    await page.navigate(
      server.serve('/early.html', `${start('/early')}<iframe src="/framed.html"></iframe>`),
    );
    for (const path of ['/early', '/framed']) {
      await expectStates(panel, path, 'OPEN');
      await expect.poll(() => isReadOnly(stage, path), SOON).toBe(false);
    }
    await page.evaluate(() => document.querySelector('iframe')?.remove());
    await expectStates(panel, '/framed', 'CLOSED');
    await expect.poll(() => statesOf(panel, '/blob'), SOON).toEqual([]);
  });

  it('is remembered, and for this site alone', async () => {
    const { page, panel, server } = stage;
    await page.navigate(`${server.otherOrigin}/`);
    await expect.poll(() => isSwitchedOn(stage), SOON).toBe(false);
    await startWorker(stage, chatter(`${server.sockets}/other-site`));
    await expectReadOnly(stage, '/other-site');
    await page.navigate(`${server.origin}/`);
    await panel.close();
    stage.panel = await page.openPanel();
    await expect.poll(() => isSwitchedOn(stage), SOON).toBe(true);
  });

  it('is switched off for the pages that are loaded from then on', async () => {
    const { page, panel, server } = stage;
    await panel.click('checkbox', 'Workers');
    await expectNotice(panel, 'will be left alone from the next page load');
    await expect.poll(() => isSwitchedOn(stage), SOON).toBe(false);
    await page.reload();
    await startWorker(stage, chatter(`${server.sockets}/off`));
    await expectReadOnly(stage, '/off');
    expect(await page.evaluate(() => String(Worker))).toContain('function Worker()');
  });
});
