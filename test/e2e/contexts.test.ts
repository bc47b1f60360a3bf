import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Panel } from '../../scripts/devtools/driver.ts';
import { openSocket, type TestWindow } from './helpers/page.ts';
import {
  expectLedger,
  expectLines,
  expectStates,
  expectTrueLedger,
  fact,
  ledger,
  lines,
  SOON,
  showSocket,
  sockets,
} from './helpers/panel.ts';
import { startServer, type TestServer } from './helpers/server.ts';
import { BLANK, BROWSERS, useStage } from './helpers/stage.ts';

/** The window of a frame or popup, with what it has beside what TypeScript knows. */
type Realm = Window & typeof globalThis;

const FRAMES = 200;

describe.each(BROWSERS)('contexts in %s', (name) => {
  const stage = useStage(name);
  let otherPort: TestServer;

  beforeAll(async () => {
    otherPort = await startServer();
  });

  afterAll(() => otherPort.close());

  /** A script that opens a socket and sends a text on it. */
  const script = (path: string) =>
    `<script>socket = new WebSocket('${stage.server.sockets}${path}');
    socket.onopen = () => socket.send('from ${path}')</script>`;
  const document = (path: string) => `<!doctype html><meta charset="utf-8">${script(path)}`;

  const paths = async (panel: Panel) => (await sockets(panel)).map(({ url }) => new URL(url).pathname);

  /** Answers on the socket of a {@link script}, and waits until the panel shows it from its first frame on. */
  async function expectFollowed(panel: Panel, path: string, index = 0) {
    const connection = await stage.server.connection(path, index);
    await connection.messages(1);
    connection.send(`to ${path}`);
    await showSocket(panel, path);
    await expectLines(panel, [
      'open connected',
      `sent text ${path.length + 5} from ${path}`,
      `received text ${path.length + 3} to ${path}`,
    ]);
  }

  describe('frames', () => {
    /** Attributes of a frame's element by what sort of frame it is. */
    const sorts = (): Record<string, { tag?: string; attributes: Record<string, string> }> => {
      const { server } = stage;
      const frame = (attributes: Record<string, string>) => ({ attributes });
      const data = (path: string) => `data:text/html,${encodeURIComponent(document(path))}`;
      const inner = otherPort.serve('/inner', `<iframe srcdoc="${escaped(script('/nested'))}"></iframe>`);
      return {
        '/same-origin': frame({ src: server.serve('/a', document('/same-origin')) }),
        '/other-port': frame({ src: otherPort.serve('/b', document('/other-port')) }),
        '/other-site': frame({
          src: `${server.otherOrigin}${new URL(server.serve('/c', document('/other-site'))).pathname}`,
        }),
        '/srcdoc': frame({ srcdoc: script('/srcdoc') }),
        '/data': frame({ src: data('/data') }),
        '/sandboxed': frame({
          sandbox: 'allow-scripts',
          src: server.serve('/d', document('/sandboxed')),
        }),
        '/sandboxed-srcdoc': frame({ sandbox: 'allow-scripts', srcdoc: script('/sandboxed-srcdoc') }),
        '/sandboxed-data': frame({ sandbox: 'allow-scripts', src: data('/sandboxed-data') }),
        '/nested': frame({
          sandbox: 'allow-scripts',
          srcdoc: `<iframe src="${inner}"></iframe>`,
        }),
        '/javascript': frame({
          src: `javascript:${encodeURIComponent(JSON.stringify(document('/javascript')))}`,
        }),
        '/object': {
          tag: 'object',
          attributes: { type: 'text/html', data: server.serve('/e', document('/object')) },
        },
        '/embed': {
          tag: 'embed',
          attributes: { type: 'text/html', src: server.serve('/f', document('/embed')) },
        },
      };
    };

    it('of every sort are followed from the first script on', async () => {
      const { page, panel, server } = stage;
      await page.navigate(server.serve('/sorts', BLANK));
      const all = sorts();
      await page.evaluate((wanted: ReturnType<typeof sorts>) => {
        for (const { tag = 'iframe', attributes } of Object.values(wanted)) {
          const element = window.document.createElement(tag);
          for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
          window.document.body.append(element);
        }
      }, all);
      for (const path of Object.keys(all)) await expectFollowed(panel, path);
      await expect.poll(async () => (await paths(panel)).sort(), SOON).toEqual(Object.keys(all).sort());
      await expectLedger(panel, { frames: 3 * Object.keys(all).length, dropped: 0, inFlight: 0 });
    });

    it('of blob: addresses are followed, and images with a script', async () => {
      const { page, panel, server } = stage;
      await page.navigate(server.serve('/blobs-page', BLANK));
      await page.evaluate(
        (html: string, svg: string) => {
          const add = (content: string, type: string) => {
            const frame = window.document.createElement('iframe');
            frame.src = URL.createObjectURL(new Blob([content], { type }));
            window.document.body.append(frame);
          };
          add(html, 'text/html');
          add(svg, 'image/svg+xml');
        },
        document('/blob'),
        `<svg xmlns="http://www.w3.org/2000/svg">${script('/svg').replace('=>', '=&gt;')}</svg>`,
      );
      for (const path of ['/blob', '/svg']) await expectFollowed(panel, path);
    });

    it('without an address are followed in the task that makes them', async () => {
      const { page, panel, server } = stage;
      await page.navigate(server.serve('/blank-page', BLANK));
      await page.evaluate((base: string) => {
        const add = (src: string | null) => {
          const frame = window.document.createElement('iframe');
          if (src !== null) frame.src = src;
          window.document.body.append(frame);
          return frame.contentWindow as Realm;
        };
        const connect = (realm: Realm, path: string) => {
          const socket = new realm.WebSocket(base + path);
          socket.onopen = () => socket.send(`from ${path}`);
        };
        connect(add(null), '/no-address');
        connect(add('about:blank'), '/about-blank');
        const written = add(null).document;
        written.write(
          `<script>socket = new WebSocket('${base}/written');` +
            `socket.onopen = () => socket.send('from /written')</script>`,
        );
        written.close();
        // A frame of the frame, reached by number as libraries do that look for unpatched built-ins.
        const outer = add(null);
        outer.document.body.append(outer.document.createElement('iframe'));
        connect(outer[0] as Realm, '/blank-in-blank');
      }, server.sockets);
      for (const path of ['/no-address', '/about-blank', '/written', '/blank-in-blank']) {
        await expectFollowed(panel, path);
      }
    });

    it('in which no content script runs are followed once their javascript: address has run', async () => {
      const { page, panel, server } = stage;
      server.serve('/after-script', document('/after-script'));
      await page.navigate(server.serve('/script-frames', BLANK));
      await page.evaluate(
        async (base: string, elsewhere: string) => {
          const add = (src: string) => {
            const frame = window.document.createElement('iframe');
            frame.src = src;
            window.document.body.append(frame);
            return new Promise<HTMLIFrameElement>((resolve) => {
              frame.onload = () => resolve(frame);
            });
          };
          const connect = (path: string) =>
            `socket = new WebSocket('${base}${path}'); socket.onopen = function () { this.send('from ${path}') }`;
          await add(elsewhere);
          const frame = await add(`javascript:void (${connect('/by-script').replace(';', ',')})`);
          (frame.contentWindow as Realm).eval(connect('/in-script-frame'));
          const inner = frame.contentDocument?.createElement('iframe') as HTMLIFrameElement;
          inner.src = 'javascript:void 0';
          const isLoaded = new Promise((resolve) => {
            inner.onload = resolve;
          });
          frame.contentDocument?.body.append(inner);
          await isLoaded;
          (inner.contentWindow as Realm).eval(connect('/in-script-in-script'));
          // The page that comes in the place of the empty document keeps its global object, and has a content script.
          const replaced = await add('javascript:void 0');
          replaced.src = '/after-script';
        },
        server.sockets,
        `${server.otherOrigin}/nowhere`,
      );
      for (const path of ['/in-script-frame', '/in-script-in-script', '/after-script'])
        await expectFollowed(panel, path);
      const older = await server.connection('/by-script');
      await older.messages(1);
      older.send('to /by-script');
      await expect.poll(() => paths(panel), SOON).toContain('/by-script');
      await showSocket(panel, '/by-script');
      await expectLines(panel, ['sent text 15 from /by-script', 'received text 13 to /by-script']);
      await expectLedger(panel, { frames: 11, dropped: 0, inFlight: 0 });
    });

    it('whose page is still to come hide no socket: nothing that a page makes there is missing', async () => {
      const { page, panel, server } = stage;
      server.serve('/held/to-come', BLANK);
      const worker = `new WebSocket('${server.sockets}/in-worker')`;
      await page.navigate(server.serve('/impatient', BLANK));
      await page.evaluate(
        (base: string, script: string) => {
          const kept: unknown[] = [];
          Object.assign(window, { kept });
          const add = (src: string) => {
            const frame = window.document.createElement('iframe');
            frame.src = src;
            window.document.body.append(frame);
            return frame.contentWindow as Realm;
          };
          kept.push(new (add('/held/to-come').WebSocket)(`${base}/before-page`));
          const { document: inner } = add('/held/to-come');
          inner.open();
          inner.write(`<script>socket = new WebSocket('${base}/opened');</script>`);
          inner.close();
          kept.push(new Worker(URL.createObjectURL(new Blob([script]))));
        },
        server.sockets,
        worker,
      );
      await server.connection('/before-page');
      server.release('/held/to-come');
      await openSocket(page, `${server.sockets}/captured`);
      // Where no hook runs the panel knows what the browser tells.
      const beyond = ['/before-page', '/in-worker'];
      const listed = async () => (await paths(panel)).sort();
      await expect.poll(listed, SOON).toEqual([...beyond, '/captured', '/opened'].sort());
      for (const path of beyond) {
        await showSocket(panel, path);
        await expectLines(panel, ['open connected']);
        await expect.poll(() => fact(panel, 'Read-only'), SOON).toContain('hook does not run');
      }
    });

    it('that are moved within the page load again and are followed again', async () => {
      const { page, panel, server } = stage;
      server.serve('/moved-child', document('/moved'));
      await page.navigate(
        server.serve('/moving', `${BLANK}<main></main><iframe src="/moved-child"></iframe>`),
      );
      await expectStates(panel, '/moved', 'OPEN');
      await page.evaluate(() => {
        const frame = window.document.querySelector('iframe');
        if (frame) window.document.querySelector('main')?.append(frame);
      });
      await expectStates(panel, '/moved', 'CLOSED', 'OPEN');
      await expectFollowed(panel, '/moved', 1);
    });

    it(`are all followed where ${FRAMES} are made at once`, async () => {
      const { page, panel, server } = stage;
      server.serve(
        '/one-of-many',
        `<!doctype html><script>
          socket = new WebSocket('${server.sockets}/many-' + location.hash.slice(1));
          socket.onopen = () => socket.send('hello');
        </script>`,
      );
      await page.navigate(server.serve('/many-page', BLANK));
      await page.evaluate((count: number) => {
        for (let index = 0; index < count; index++) {
          const frame = window.document.createElement('iframe');
          frame.src = `/one-of-many#${index}`;
          window.document.body.append(frame);
        }
      }, FRAMES);
      const expected = Array.from({ length: FRAMES }, (_, index) => `/many-${index}`).sort();
      // To read hundreds of sockets from the list takes time that the panel needs: not before all have come.
      const whole = { frames: 2 * FRAMES, dropped: 0, inFlight: 0 };
      await expect.poll(() => ledger(panel), { timeout: 90_000, interval: 250 }).toEqual(whole);
      await expect
        .poll(async () => (await paths(panel)).sort(), { ...SOON, interval: 250 })
        .toEqual(expected);
      await expectTrueLedger(panel, 2 * FRAMES);
      await expect
        .poll(async () => (await sockets(panel)).filter(({ state }) => state !== 'OPEN'), SOON)
        .toEqual([]);
      for (const path of [expected[0], expected.at(-1)]) {
        await showSocket(panel, path ?? '');
        await expectLines(panel, ['open connected', 'sent text 5 hello']);
      }
    });
  });

  describe('popups', () => {
    /** Opens a popup and its panel; the sockets in it are not shown in the panel of the opener. */
    async function expectOwnPanel(
      path: string,
      address: string,
      open: (address: string, path: string, base: string) => void,
    ) {
      const { page, panel, server } = stage;
      await page.navigate(server.serve(`/opener-of${path}`, document(`/opener-of${path}`)));
      const popup = await page.popup(open, address, path, server.sockets);
      const own = await popup.openPanel();
      await own.resize(1400, 700);
      await expectFollowed(own, path);
      await expect.poll(() => paths(own), SOON).toEqual([path]);
      await expectFollowed(panel, `/opener-of${path}`);
      await expect.poll(() => paths(panel), SOON).toEqual([`/opener-of${path}`]);
      await popup.close();
    }

    it('of an address have their sockets in a panel of their own', async () => {
      stage.server.serve('/popup-page', document('/popup'));
      await expectOwnPanel('/popup', '/popup-page', (address) => {
        window.open(address, '_blank', 'popup');
      });
    });

    it('that know nothing of their opener have them too', async () => {
      stage.server.serve('/stranger-page', document('/stranger'));
      await expectOwnPanel('/stranger', '/stranger-page', (address) => {
        window.open(address, '_blank', 'popup,noopener');
      });
    });

    it('are adopted where their opener opens a socket before their page is there', async () => {
      const { page, server } = stage;
      server.serve('/held/popup', BLANK);
      await page.navigate(server.serve('/opener-of-slow', BLANK));
      const opened = page.popup((base: string) => {
        const realm = window.open('/held/popup', '_blank', 'popup') as Realm;
        const main = new realm.WebSocket(`${base}/before-popup`);
        (window as unknown as TestWindow).sockets = { main };
      }, server.sockets);
      // Chromium may forget the request for a connection when the page comes first.
      await server.connection('/before-popup');
      server.release('/held/popup');
      const popup = await opened;
      const own = await popup.openPanel();
      await own.resize(1400, 700);
      await page.waitFor(() => (window as unknown as TestWindow).sockets.main?.readyState === 1);
      // By now the page is there, and our hook in it.
      await page.evaluate(() => (window as unknown as TestWindow).sockets.main?.send('from the opener'));
      await expect.poll(() => paths(own), SOON).toEqual(['/before-popup']);
      await showSocket(own, '/before-popup');
      await expectLines(own, ['sent text 15 from the opener']);
      await popup.close();
    });

    it('of no address are followed in the task that opens them', async () => {
      await expectOwnPanel('/popup-of-nothing', 'about:blank', (where, path, base) => {
        const popup = window.open(where, '_blank', 'popup') as Realm;
        const socket = new popup.WebSocket(base + path);
        socket.onopen = () => socket.send(`from ${path}`);
      });
    });
  });

  describe('a document that is written anew', () => {
    /** Opens a socket, writes the document anew with a script that opens one, and opens another. */
    const rewrite = (where: 'page' | 'frame', base: string) => {
      const frame = window.document.querySelector('iframe');
      const realm = (where === 'page' ? window : frame?.contentWindow) as Realm & TestWindow;
      const connect = (path: string) => {
        const socket = new realm.WebSocket(base + path);
        return new Promise<WebSocket>((resolve) => {
          socket.onopen = () => {
            socket.send(`from ${path}`);
            resolve(socket);
          };
        });
      };
      return connect(`/${where}-before`).then((before) => {
        realm.sockets = { before };
        realm.document.open();
        realm.document.write(
          `<script>socket = new WebSocket('${base}/${where}-written');` +
            `socket.onopen = () => socket.send('from /${where}-written')</script>`,
        );
        realm.document.close();
        return connect(`/${where}-after`).then(() => {});
      });
    };

    it.each(['page', 'frame'] as const)('keeps its hook: the %s', async (where) => {
      const { page, panel, server } = stage;
      server.serve('/rewritten-frame', BLANK);
      await page.navigate(server.serve('/rewritten', `${BLANK}<iframe src="/rewritten-frame"></iframe>`));
      await page.waitFor(
        () => window.document.querySelector('iframe')?.contentDocument?.readyState === 'complete',
      );
      await page.evaluate(rewrite, where, server.sockets);
      const own = ['before', 'written', 'after'].map((part) => `/${where}-${part}`);
      for (const path of own) await expectFollowed(panel, path);
      await expect.poll(async () => (await paths(panel)).sort(), SOON).toEqual([...own].sort());
      await expectLedger(panel, { frames: 9, dropped: 0, inFlight: 0 });
      await panel.click('checkbox', 'Preserve log');
      await page.evaluate((inFrame: boolean) => {
        const realm = (inFrame ? window[0] : window) as Realm & TestWindow;
        realm.addEventListener('pagehide', () => realm.sockets.before?.send('bye'));
      }, where === 'frame');
      await page.navigate(server.serve('/after-rewritten', BLANK));
      await showSocket(panel, `/${where}-before`);
      await expect.poll(async () => (await lines(panel)).join(), SOON).toMatch(/sent text (not sent )?3 bye/);
      await panel.click('checkbox', 'Preserve log');
    });
  });

  it('follows the frames of a page that comes back from the back/forward cache', async () => {
    const { page, panel, server } = stage;
    server.serve(
      '/cached-child',
      `<!doctype html><script>
        connect = () => {
          socket = new WebSocket('${server.sockets}/in-cached');
          socket.onopen = () => socket.send('from /in-cached');
        };
        addEventListener('pageshow', ({ persisted }) => persisted && connect());
      </script>`,
    );
    const cached = `${BLANK}<iframe src="/cached-child"></iframe>`;
    await page.navigate(server.serve('/cached-parent', cached));
    await page.navigate(server.serve('/elsewhere', BLANK));
    await page.back();
    await expectFollowed(panel, '/in-cached');
    await expectLedger(panel, { frames: 3, dropped: 0, inFlight: 0 });
  });

  it.runIf(name === 'chromium')(
    'follows a prerendered page when it becomes the page of the tab',
    async () => {
      const { page, panel, server } = stage;
      server.serve(
        '/prerendered-page',
        `<!doctype html>
      <script>wasPrerendered = document.prerendering</script>
      ${script('/prerendered')}
      <iframe srcdoc="${escaped(script('/in-prerendered'))}"></iframe>`,
      );
      const rules = JSON.stringify({ prerender: [{ urls: ['/prerendered-page'], eagerness: 'immediate' }] });
      await page.navigate(
        server.serve(
          '/speculating',
          `<!doctype html><script type="speculationrules">${rules}</script>
        ${script('/before-prerendered')}`,
        ),
      );
      for (const path of ['/prerendered', '/in-prerendered']) await expectStates(panel, path, 'CONNECTING');
      await expectFollowed(panel, '/before-prerendered');
      // The browser connects the sockets of a prerendered page only when people see it.
      expect(server.connections('/prerendered')).toEqual([]);
      await page.evaluate(() => {
        setTimeout(() => {
          location.href = '/prerendered-page';
        });
      });
      // The page comes before its frames once it is the tab's: until then the list may still be put in order.
      await expect.poll(() => paths(panel), SOON).toEqual(['/prerendered', '/in-prerendered']);
      for (const path of ['/prerendered', '/in-prerendered']) await expectFollowed(panel, path);
      expect(
        await page.evaluate(() => (window as unknown as { wasPrerendered: boolean }).wasPrerendered),
      ).toBe(true);
      await expectLedger(panel, { frames: 6, dropped: 0, inFlight: 0 });
      await expect
        .poll(async () => (await panel.elements('group')).map(({ name: label }) => label), SOON)
        .toContain(`top · ${new URL(server.origin).host}`);
      await expect.poll(async () => (await lines(panel)).length, SOON).toBeGreaterThan(0);
    },
  );
});

function escaped(html: string): string {
  return html.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}
