import { describe, expect, it } from 'vitest';
import { PLAIN_HOST } from './helpers/browser-pool.ts';
import { closeSocket, openSocket, type TestWindow } from './helpers/page.ts';
import {
  detailText,
  expectLines,
  expectStates,
  fact,
  lines,
  SOON,
  selectRow,
  showSocket,
  showTab,
  sockets,
} from './helpers/panel.ts';
import { BLANK, BROWSERS, useStage } from './helpers/stage.ts';

/** Opens a socket on this path of the server that serves the page, from the very first inline script. */
const opening = (path: string) =>
  `<!doctype html><html><head><script>first = new WebSocket('ws://' + location.host + '${path}')</script>`;

describe.each(BROWSERS)('capture in %s', (name) => {
  const stage = useStage(name, { html: opening('/first') });

  it('shows a socket that the first inline script of the head opened, from its open event on', async () => {
    const { panel } = stage;
    await expectStates(panel, '/first', 'OPEN');
    await showSocket(panel, '/first');
    await expectLines(panel, ['open connected']);
  });

  it('shows such a socket under a strict content security policy too', async () => {
    const { page, panel, server } = stage;
    const policy = "default-src 'none'; script-src 'unsafe-inline'; connect-src *";
    await page.navigate(
      server.serve('/strict', opening('/under-policy'), { 'content-security-policy': policy }),
    );
    await expectStates(panel, '/under-policy', 'OPEN');
    await showSocket(panel, '/under-policy');
    await expectLines(panel, ['open connected']);
    await expect.poll(async () => (await sockets(panel)).length, SOON).toBe(1);
  });

  it('shows such a socket of a page over plain http, which is no secure context', async () => {
    const { page, panel, server } = stage;
    const address = new URL(server.serve('/plain', opening('/over-plain-http')));
    address.hostname = PLAIN_HOST;
    await page.navigate(address.href);
    expect(await page.evaluate(() => [location.hostname, isSecureContext])).toEqual([PLAIN_HOST, false]);
    await expectStates(panel, '/over-plain-http', 'OPEN');
    await showSocket(panel, '/over-plain-http');
    (await server.connection('/over-plain-http')).send('plain');
    await expectLines(panel, ['open connected', 'received text 5 plain']);
  });

  it('shows the sockets of iframes of every kind', async () => {
    const { page, panel, server } = stage;
    const child = (kind: string) =>
      `<!doctype html><script>socket = new WebSocket('${server.sockets}/in-${kind}')</script>`;
    for (const kind of ['same-origin', 'cross-origin', 'sandboxed']) server.serve(`/${kind}`, child(kind));
    await page.navigate(server.serve('/frames', BLANK));
    await page.evaluate(
      (here: string, there: string, base: string, srcdoc: string, blob: string, data: string) => {
        const frame = (attributes: Record<string, string>) => {
          const element = document.createElement('iframe');
          for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
          return document.body.appendChild(element);
        };
        frame({ src: `${here}/same-origin` });
        frame({ src: `${there}/cross-origin` });
        frame({ src: `${here}/sandboxed`, sandbox: 'allow-scripts' });
        frame({ srcdoc });
        frame({ src: data });
        frame({ src: URL.createObjectURL(new Blob([blob], { type: 'text/html' })) });
        const blank = frame({}).contentWindow as (Window & typeof globalThis) | null;
        if (blank)
          (window as unknown as { blank: WebSocket }).blank = new blank.WebSocket(`${base}/in-blank`);
      },
      server.origin,
      server.otherOrigin,
      server.sockets,
      child('srcdoc'),
      child('blob'),
      `data:text/html,${encodeURIComponent(child('data'))}`,
    );
    const kinds = ['same-origin', 'cross-origin', 'sandboxed', 'srcdoc', 'blob', 'data', 'blank'];
    const listed = async () =>
      (await sockets(panel)).map(({ url, state }) => `${new URL(url).pathname} ${state}`);
    const expected = kinds.map((kind) => `/in-${kind} OPEN`).sort();
    await expect.poll(async () => (await listed()).sort(), SOON).toEqual(expected);
    for (const kind of kinds) {
      (await server.connection(`/in-${kind}`)).send(`hello ${kind}`);
      await showSocket(panel, `/in-${kind}`);
      await expectLines(panel, ['open connected', `received text ${6 + kind.length} hello ${kind}`]);
    }
  });

  it('follows the ready state from CONNECTING over OPEN and CLOSING to CLOSED', async () => {
    const { page, panel, server } = stage;
    await page.navigate(server.serve('/states', BLANK));
    const opened = openSocket(page, `${server.sockets}/held/states`);
    await expectStates(panel, '/held/states', 'CONNECTING');
    server.release('/held/states');
    await opened;
    await expectStates(panel, '/held/states', 'OPEN');
    const connection = await server.connection('/held/states');
    // It does not see the Close frame, and so does not answer it.
    connection.pause();
    await closeSocket(page);
    await expectStates(panel, '/held/states', 'CLOSING');
    connection.resume();
    await expectStates(panel, '/held/states', 'CLOSED');
    expect((await connection.ended()).code).toBe(1005);
  });

  it('shows subprotocol and extensions', async () => {
    const { page, panel, server } = stage;
    await openSocket(page, `${server.sockets}/subprotocol`, 'chosen', ['first.v1', 'second.v2']);
    await openSocket(page, `${server.sockets}/deflate/extensions`, 'deflating');
    await showSocket(panel, '/subprotocol');
    await expectLines(panel, ['open connected · second.v2']);
    await expect.poll(() => fact(panel, 'Subprotocol'), SOON).toBe('second.v2');
    await expect.poll(() => fact(panel, 'Extensions'), SOON).toBe('none');
    await showSocket(panel, '/deflate/extensions');
    await expectLines(panel, [expect.stringMatching(/^open connected · permessage-deflate/)]);
    await expect.poll(() => fact(panel, 'Extensions'), SOON).toMatch(/^permessage-deflate/);
    await expect.poll(() => fact(panel, 'Subprotocol'), SOON).toBe('none');
  });

  it('shows how a socket was closed: code in words, reason, clean or not', async () => {
    const { page, panel, server } = stage;
    for (const path of ['/going-away', '/private', '/broken']) {
      await openSocket(page, server.sockets + path);
      const connection = await server.connection(path);
      if (path === '/going-away') connection.close(1001, 'restart at noon');
      else if (path === '/private') connection.close(4321);
      else connection.terminate();
      await expectStates(panel, path, 'CLOSED');
    }
    await showSocket(panel, '/going-away');
    await expectLines(panel, [
      'open connected',
      expect.stringMatching(/^close 1001 .+restart at noon.+ clean$/),
    ]);
    await selectRow(panel, '1001');
    await showTab(panel, 'Info');
    await expect.poll(() => detailText(panel), SOON).toContain('One side is leaving');
    await showSocket(panel, '/private');
    await expectLines(panel, ['open connected', expect.stringMatching(/^close 4321 .*· clean$/)]);
    await showSocket(panel, '/broken');
    await expect.poll(async () => (await lines(panel)).at(-1), SOON).toMatch(/^close 1006 .*not clean$/);
  });

  it('shows a refused handshake as an error and a close with 1006', async () => {
    const { page, panel, server } = stage;
    await page.evaluate(
      (url: string) =>
        new Promise((resolve) => new WebSocket(url).addEventListener('close', resolve)).then(() => {}),
      `${server.sockets}/refuse/it`,
    );
    await expectStates(panel, '/refuse/it', 'CLOSED');
    await showSocket(panel, '/refuse/it');
    await expectLines(panel, [
      'error refused: 403 Forbidden',
      expect.stringMatching(/^close 1006 .*not clean$/),
    ]);
  });

  it("gives the page the browser's own error for a bad constructor call, and lists no socket", async () => {
    const { page, panel, server } = stage;
    await page.navigate(server.serve('/bad-calls', BLANK));
    const errors = await page.evaluate((base: string) => {
      const Socket = WebSocket as unknown as {
        new (...args: unknown[]): unknown;
        (...args: unknown[]): unknown;
      };
      const calls = [
        () => new Socket(),
        () => Socket(base),
        () => new Socket('ws://[no address/'),
        () => new Socket(`${base}/#fragment`),
        () => new Socket('mailto:nobody@example.com'),
        () => new Socket(base, ['twice', 'twice']),
        () => new Socket(base, 'not a token'),
        () => new Socket(Symbol('url')),
      ];
      return calls.map((call) => {
        try {
          call();
          return 'nothing thrown';
        } catch (error) {
          const own = error instanceof DOMException || error instanceof TypeError;
          return `${own ? '' : 'foreign '}${(error as Error).name}`;
        }
      });
    }, server.sockets);
    const syntax = 'SyntaxError';
    expect(errors).toEqual(['TypeError', 'TypeError', syntax, syntax, syntax, syntax, syntax, 'TypeError']);
    await openSocket(page, `${server.sockets}/after-bad-calls`);
    await expectStates(panel, '/after-bad-calls', 'OPEN');
    await expect
      .poll(async () => (await sockets(panel)).map(({ url }) => url), SOON)
      .toEqual([`${server.sockets}/after-bad-calls`]);
    expect(await page.evaluate(() => (window as unknown as TestWindow).sockets.main?.readyState)).toBe(1);
  });
});
