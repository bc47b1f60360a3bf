import { beforeAll, describe, expect, it } from 'vitest';
import { pressFirstButton, setWorkerCapture, stopBackground } from './helpers/firefox.ts';
import { expectLines, expectStates, rowCount, SOON, showSocket, statesOf } from './helpers/panel.ts';
import { type Stage, useStage } from './helpers/stage.ts';
import { MADE, startOuterWorker } from './helpers/workers.ts';

// Sockets of workers are captured in Firefox alone, once that is switched on.

const SCRIPT = { 'content-type': 'text/javascript' };

/** Script of a worker that opens a socket and does as it is told. */
const chatter = (url: string, post: string) => `
  const socket = new WebSocket('${url}');
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => socket.send('from the worker');
  socket.onmessage = ({ data }) => ${post}(typeof data === 'string' ? data : data.byteLength);
  socket.onclose = ({ code }) => ${post}('closed ' + code);
`;

interface WorkerWindow extends Window {
  heard: unknown[];
  worker: Worker;
  shared: SharedWorker;
}

function startWorker({ page }: Stage, url: string, options: WorkerOptions = {}): Promise<void> {
  return page.evaluate(
    (address: string, settings: WorkerOptions) => {
      const own = window as unknown as WorkerWindow;
      own.heard = [];
      own.worker = new Worker(address, settings);
      own.worker.onmessage = ({ data }) => own.heard.push(data);
    },
    url,
    options,
  );
}

const heard = ({ page }: Stage) => page.evaluate(() => (window as unknown as WorkerWindow).heard);

/** Acts on the socket on a path in every way, and looks at what the worker and the server get. */
async function actOn(stage: Stage, path: string): Promise<void> {
  const { panel, server } = stage;
  await expectStates(panel, path, 'OPEN');
  await showSocket(panel, path);
  const connection = await server.connection(path);
  connection.send('from the server');
  await expectLines(panel, [
    'open connected',
    'sent text 15 from the worker',
    'received text 15 from the server',
  ]);
  await panel.fill('textbox', 'Message', 'from the panel');
  await panel.click('button', 'Send');
  expect(await connection.messages(2)).toEqual(['from the worker', 'from the panel']);
  await expect.poll(() => heard(stage), SOON).toContain('from the server');
  connection.send(new Uint8Array(100_000));
  await expect.poll(() => heard(stage), SOON).toContain(100_000);
  await expect.poll(() => rowCount(panel), SOON).toBe(5);
}

describe('before it is switched on', () => {
  const stage = useStage('firefox', { altersExtension: true });

  it('the sockets of workers are left alone', async () => {
    const { page, panel, server } = stage;
    const script = chatter(`${server.sockets}/native`, 'postMessage');
    await startWorker(stage, server.serve('/native.js', script, SCRIPT));
    expect(await (await server.connection('/native')).messages(1)).toEqual(['from the worker']);
    await page.evaluate((url: string) => void new WebSocket(url), `${server.sockets}/page`);
    await expectStates(panel, '/page', 'OPEN');
    await expect.poll(() => statesOf(panel, '/native'), SOON).toEqual([]);
    await expect
      .poll(async () => (await panel.element('checkbox', 'Workers')).states, SOON)
      .toMatchObject({ checked: 'false' });
  });

  it('asks for the permission, and captures as soon as it is granted', async () => {
    const { panel, server } = stage;
    await panel.click('checkbox', 'Workers');
    await pressFirstButton(stage, '/src/permission/permission.html?workers');
    await panel.waitFor(
      () => document.querySelector<HTMLInputElement>('.sockets input[type=checkbox]')?.checked,
    );
    await startWorker(stage, `${server.origin}/native.js`);
    await expectStates(panel, '/native', 'OPEN');
  });

  it('is switched on for panels that are opened later, which get what was before', async () => {
    const { page, panel } = stage;
    await panel.close();
    stage.panel = await page.openPanel();
    await expectStates(stage.panel, '/native', 'OPEN');
    await expect
      .poll(async () => (await stage.panel.element('checkbox', 'Workers')).states, SOON)
      .toMatchObject({ checked: 'true' });
    await showSocket(stage.panel, '/native');
    await expectLines(stage.panel, ['open connected', 'sent text 15 from the worker']);
  });
});

describe('the sockets of workers', () => {
  const stage = useStage('firefox', { altersExtension: true });

  beforeAll(() => setWorkerCapture(stage, true));

  it('of a dedicated one are captured and acted on', async () => {
    const { panel, server } = stage;
    const script = `'use strict'\n${chatter(`${server.sockets}/dedicated`, 'postMessage')}`;
    await startWorker(stage, server.serve('/dedicated.js', script, SCRIPT));
    await actOn(stage, '/dedicated');
    await expect.poll(() => panel.text(), SOON).toContain('worker · /dedicated.js');
  });

  it('of a module are captured from its first import on', async () => {
    const { server } = stage;
    const script = chatter(`${server.sockets}/imported`, 'postMessage');
    server.serve('/imported.js', `${script} export const imported = true;`, SCRIPT);
    const url = server.serve('/module.js', `import { imported } from './imported.js';`, SCRIPT);
    await startWorker(stage, url, { type: 'module' });
    await actOn(stage, '/imported');
  });

  it('of a nested one are captured and acted on', async () => {
    const { server } = stage;
    server.serve('/inner.js', chatter(`${server.sockets}/nested`, 'postMessage'), SCRIPT);
    const outer = `const inner = new Worker('inner.js'); inner.onmessage = ({ data }) => postMessage(data);
      postMessage('${MADE}');`;
    const url = server.serve('/outer.js', outer, SCRIPT);
    await startOuterWorker({
      start: () => startWorker(stage, url),
      heard: () => heard(stage),
      end: () => stage.page.evaluate(() => (window as unknown as WorkerWindow).worker.terminate()),
    });
    await actOn(stage, '/nested');
  });

  it('of a shared one are captured and acted on', async () => {
    const { page, server } = stage;
    const post =
      'const ports = []; const tell = (data) => { for (const port of ports) port.postMessage(data); };';
    const connect = 'onconnect = ({ ports: [port] }) => ports.push(port);';
    const script = post + connect + chatter(`${server.sockets}/shared`, 'tell');
    await page.evaluate(
      (url: string) => {
        const own = window as unknown as WorkerWindow;
        own.heard = [];
        own.shared = new SharedWorker(url);
        own.shared.port.onmessage = ({ data }) => own.heard.push(data);
      },
      server.serve('/shared.js', script, SCRIPT),
    );
    await actOn(stage, '/shared');
  });

  it('of a frame are captured', async () => {
    const { page, panel, server } = stage;
    server.serve('/framed.js', chatter(`${server.sockets}/framed`, 'postMessage'), SCRIPT);
    const html = '<!doctype html><script>window.worker = new Worker("framed.js")</script>';
    await page.evaluate(
      (url: string) => {
        const frame = document.createElement('iframe');
        frame.src = url;
        document.body.append(frame);
      },
      server.serve('/frame.html', html),
    );
    await expectStates(panel, '/framed', 'OPEN');
    await page.evaluate(() => document.querySelector('iframe')?.remove());
    await expectStates(panel, '/framed', 'CLOSED');
  });

  // In either case the panel waits for five seconds: for both at once.
  it('close with a worker that is terminated, and come back after one was busy for a while', async () => {
    const { page, panel, server } = stage;
    const script = chatter(`${server.sockets}/terminated`, 'postMessage');
    await startWorker(stage, server.serve('/terminated.js', script, SCRIPT));
    await expectStates(panel, '/terminated', 'OPEN');
    await page.evaluate(() => (window as unknown as WorkerWindow).worker.terminate());
    const busy = `onmessage = () => {
      const question = new XMLHttpRequest();
      do {
        for (const end = Date.now() + 250; Date.now() < end; );
        question.open('GET', '/has-been-seen', false);
        question.send();
      } while (question.status === 404);
    };`;
    const busyScript = busy + chatter(`${server.sockets}/busy`, 'postMessage');
    await startWorker(stage, server.serve('/busy.js', busyScript, SCRIPT));
    await expectStates(panel, '/busy', 'OPEN');
    await page.evaluate(() => (window as unknown as WorkerWindow).worker.postMessage('go'));
    await expectStates(panel, '/terminated', 'CLOSED');
    await expectStates(panel, '/busy', 'CLOSED');
    server.serve('/has-been-seen', '');
    await expectStates(panel, '/busy', 'OPEN');
    (await server.connection('/busy')).send('after that');
    await showSocket(panel, '/busy');
    await expectLines(panel, [
      'open connected',
      'sent text 15 from the worker',
      'received text 10 after that',
    ]);
  });

  it('are left with the page, and those of the next one are captured', async () => {
    const { page, panel, server } = stage;
    const html = '<!doctype html><script>new Worker("early.js")</script>';
    server.serve('/early.js', chatter(`${server.sockets}/early`, 'postMessage'), SCRIPT);
    await page.navigate(server.serve('/early.html', html));
    await expectStates(panel, '/early', 'OPEN');
    await expect.poll(() => statesOf(panel, '/dedicated'), SOON).toEqual([]);
    await page.reload();
    await server.connection('/early', 1);
    await expectStates(panel, '/early', 'OPEN');
  });

  it('are captured again after the background was stopped', async () => {
    const { page, panel, server } = stage;
    await page.navigate(`${server.origin}/`);
    expect(await stopBackground(stage)).toBe('stopped');
    const url = server.serve('/late.js', chatter(`${server.sockets}/late`, 'postMessage'), SCRIPT);
    const isCaptured = async () => {
      await startWorker(stage, url);
      return (await statesOf(panel, '/late')).includes('OPEN');
    };
    await expect.poll(isCaptured, SOON).toBe(true);
  });

  it('are left alone again once it is switched off', async () => {
    const { page, panel, server } = stage;
    await page.navigate(`${server.origin}/`);
    await panel.click('checkbox', 'Workers');
    await panel.waitFor(
      () => !(document.querySelector('.sockets input[type=checkbox]') as HTMLInputElement).checked,
    );
    expect(await isHooked(stage)).toBe(false);
  });
});

/** Whether a worker started now has our hook in it. */
async function isHooked(stage: Stage): Promise<unknown> {
  const script =
    'postMessage(!/^function send/.test(Function.prototype.toString.call(WebSocket.prototype.send)));';
  await startWorker(stage, stage.server.serve('/probe.js', script, SCRIPT));
  await expect.poll(() => heard(stage), SOON).toHaveLength(1);
  return (await heard(stage))[0];
}
