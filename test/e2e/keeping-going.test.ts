import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { whenArrived } from '../fixtures/when-arrived.ts';
import { openSocket, sendTexts, type TestWindow } from './helpers/page.ts';
import {
  allRows,
  expectLedger,
  expectLines,
  expectStates,
  expectTrueLedger,
  fact,
  ledger,
  lines,
  type Row,
  rowCount,
  rows,
  SOON,
  showSocket,
  showTab,
  sockets,
  statesOf,
} from './helpers/panel.ts';
import { BLANK, BROWSERS, useStage } from './helpers/stage.ts';

const EMPTY = { frames: 0, dropped: 0, inFlight: 0 };

/** A page that opens a socket on this path and sends a text on it; again when it comes back from the back/forward cache. */
const opening = (path: string) =>
  `<!doctype html><meta charset="utf-8"><script>
    const connect = () => {
      const main = new WebSocket('ws://' + location.host + '${path}');
      main.onopen = () => main.send('from ${path}');
      window.sockets = { main };
    };
    connect();
    addEventListener('pageshow', ({ persisted }) => {
      window.seen = [persisted ? 'restored' : 'loaded'];
      if (persisted) connect();
    });
  </script>`;

describe.each(BROWSERS)('keeping going in %s', (name) => {
  const stage = useStage(name);

  async function setPreserveLog(wanted: boolean) {
    const { panel } = stage;
    const isOn = async () => (await panel.element('checkbox', 'Preserve log')).states.checked;
    if ((await isOn()) !== String(wanted)) await panel.click('checkbox', 'Preserve log');
    await expect.poll(isOn, SOON).toBe(String(wanted));
  }

  const paths = async () => (await sockets(stage.panel)).map(({ url }) => new URL(url).pathname);

  /** Groups of the socket list, one for each document. */
  const documents = async () =>
    (await stage.panel.elements('group'))
      .map(({ name: label }) => label)
      .filter((label) => /^(top|iframe) · /.test(label));

  describe('from page to page', () => {
    afterEach(() => setPreserveLog(false)); // it is remembered
    beforeEach(async () => {
      await stage.page.navigate(stage.server.serve('/start', BLANK));
      await expect.poll(paths, SOON).toEqual([]);
    });

    it('starts anew with each page and each reload', async () => {
      const { page, panel, server } = stage;
      const own = ['open connected', 'sent text 9 from /one'];
      await page.navigate(server.serve('/one-page', opening('/one')));
      await expectLines(panel, own);
      await page.reload();
      await server.connection('/one', 1);
      await expectLines(panel, own);
      await expectLedger(panel, { ...EMPTY, frames: 2 });
      await expect.poll(paths, SOON).toEqual(['/one']);
      await page.navigate(server.serve('/two-page', opening('/two')));
      await expectLines(panel, ['open connected', 'sent text 9 from /two']);
      await expectLedger(panel, { ...EMPTY, frames: 2 });
      await expect.poll(paths, SOON).toEqual(['/two']);
    });

    it('keeps sockets and frames of earlier documents with Preserve log, and marks them as left', async () => {
      const { page, panel, server } = stage;
      await setPreserveLog(true);
      await page.navigate(server.serve('/kept-page', opening('/kept')));
      await expectStates(panel, '/kept', 'OPEN');
      await expectLedger(panel, { ...EMPTY, frames: 2 });
      await page.reload();
      await expectStates(panel, '/kept', 'CLOSED', 'OPEN');
      await page.navigate(server.serve('/after-page', opening('/after')));
      await expectStates(panel, '/after', 'OPEN');
      await expectStates(panel, '/kept', 'CLOSED', 'CLOSED');
      const top = `top · ${new URL(server.origin).host}`;
      await expect.poll(() => documents(), SOON).toEqual([`${top} (left)`, `${top} (left)`, top]);
      // Whether the closing of a socket that is left shows is the browser's choice.
      await panel.click('button', 'Sent');
      const texts = ['/kept', '/kept', '/after'].map((path) => expect.stringContaining(`from ${path}`));
      await expectLines(panel, texts);
      await panel.click('button', 'All');
      await showSocket(panel, '/kept');
      await expect
        .poll(async () => (await lines(panel)).slice(0, 2), SOON)
        .toEqual(['open connected', 'sent text 10 from /kept']);
      await expect.poll(async () => (await ledger(panel)).inFlight, SOON).toBe(0);
      await showTab(panel, 'Info');
      await expect.poll(() => fact(panel, 'Lives in'), SOON).toContain('(left)');
      await panel.click('button', 'Show all');
      await setPreserveLog(false);
      await page.navigate(`${server.origin}/start`);
      await expect.poll(paths, SOON).toEqual([]);
    });

    it('keeps the sockets of pages that go on at once, with Preserve log', async () => {
      const { page, panel, server } = stage;
      await setPreserveLog(true);
      const hasty = (index: number) => `/hasty-${index}`;
      for (const index of [3, 2, 1]) {
        const next = index === 3 ? '/start' : `/from-hasty-${index + 1}`;
        // In every second one it has a moment to connect.
        const go = `location.replace('${next}')`;
        const script = `new WebSocket('${server.sockets}${hasty(index)}'); ${index % 2 ? go : `setTimeout(() => ${go}, 5)`}`;
        server.serve(`/from-hasty-${index}`, `<!doctype html><script>${script}</script>`);
      }
      const goAndReturn = async () => {
        await page.evaluate(() => {
          (window as { isBefore?: boolean }).isBefore = true;
          location.assign('/from-hasty-1');
        });
        // While the page is going, it cannot be asked.
        const isBack = () => !(window as { isBefore?: boolean }).isBefore && location.pathname === '/start';
        await expect.poll(() => page.evaluate(isBack).catch(() => false), SOON).toBe(true);
      };
      await goAndReturn();
      await goAndReturn();
      const all = [hasty(1), hasty(2), hasty(3)];
      await expect.poll(paths, SOON).toEqual([...all, ...all]);
      await expect.poll(() => statesOf(panel, hasty(1)), SOON).toEqual(['CLOSED', 'CLOSED']);
      await expect.poll(() => ledger(panel), SOON).toMatchObject({ dropped: 0, inFlight: 0 });
    });

    it('follows the page back and forward', async () => {
      const { page, panel, server } = stage;
      const differentPaths = async () => [...new Set(await paths())];
      await page.navigate(server.serve('/back-page', opening('/back')));
      await page.navigate(server.serve('/forth-page', opening('/forth')));
      await expect.poll(differentPaths, SOON).toEqual(['/forth']);
      await page.back();
      await expect.poll(differentPaths, SOON).toEqual(['/back']);
      await page.forward();
      const connection = await server.connection('/forth', 1);
      await expect.poll(differentPaths, SOON).toEqual(['/forth']);
      await expect.poll(async () => (await statesOf(panel, '/forth')).at(-1), SOON).toBe('OPEN');
      await showSocket(panel, '/forth');
      connection.send('followed');
      await expectLines(panel, ['open connected', 'sent text 11 from /forth', 'received text 8 followed']);
      await expectTrueLedger(panel);
    });

    it('does not hide the next page where one socket was shown alone', async () => {
      const { page, panel, server } = stage;
      await page.navigate(server.serve('/alone-page', opening('/alone')));
      await expectStates(panel, '/alone', 'OPEN');
      await showSocket(panel, '/alone');
      await page.navigate(server.serve('/next-page', opening('/next')));
      await expectLines(panel, ['open connected', 'sent text 10 from /next']);
    });

    describe('that comes back from the back/forward cache', () => {
      async function leaveAndReturn(path: string) {
        const { page, panel, server } = stage;
        await page.navigate(server.serve(`${path}-page`, opening(path)));
        await expectStates(panel, path, 'OPEN');
        (await server.connection(path)).close(1000);
        await expectStates(panel, path, 'CLOSED');
        await page.navigate(`${server.origin}/start`);
        await page.back();
        // Otherwise this would be the test before.
        await expect
          .poll(() => page.evaluate(() => (window as unknown as TestWindow).seen), SOON)
          .toEqual(['restored']);
        (await server.connection(path, 1)).send('again');
        const text = `sent text ${5 + path.length} from ${path}`;
        const first = ['open connected', text, expect.stringMatching(/^close 1000 /)];
        await expectLines(panel, [...first, 'open connected', text, 'received text 5 again']);
        await expectStates(panel, path, 'CLOSED', 'OPEN');
        await expectLedger(panel, { ...EMPTY, frames: 6 });
      }

      it('takes the page up again', () => leaveAndReturn('/cached'));

      it('keeps with Preserve log what the page did before, once', async () => {
        await setPreserveLog(true);
        await leaveAndReturn('/cached-kept');
      });
    });
  });

  it('follows an iframe that is removed and comes again', async () => {
    const { page, panel, server } = stage;
    server.serve('/child', opening('/in-child'));
    await page.navigate(server.serve('/parent', BLANK));
    const add = () =>
      page.evaluate(() => {
        const frame = document.createElement('iframe');
        frame.src = '/child';
        document.body.append(frame);
      });
    await add();
    await expectStates(panel, '/in-child', 'OPEN');
    await page.evaluate(() => document.querySelector('iframe')?.remove());
    await expectStates(panel, '/in-child', 'CLOSED');
    await add();
    await expectStates(panel, '/in-child', 'CLOSED', 'OPEN');
    await showSocket(panel, '/in-child');
    (await server.connection('/in-child', 1)).send('hello again');
    await expectLines(panel, [
      'open connected',
      'sent text 14 from /in-child',
      'received text 11 hello again',
    ]);
    await expectTrueLedger(panel);
  });

  it('has each frame once, or counted in a gap, after it was closed and opened in mid-stream', async () => {
    const { page, server } = stage;
    await page.navigate(server.serve('/streamed', BLANK));
    await openSocket(page, `${server.sockets}/stream`);
    await page.evaluate(() => {
      const own = window as unknown as TestWindow;
      own.seen = [];
      own.sockets.main?.addEventListener('message', ({ data }) => own.seen.push(data));
    });
    const connection = await server.connection('/stream');
    let sent = 0;
    const stream = setInterval(() => connection.send(`number ${sent++}`), 4);
    const seenByPage = (count: number) =>
      page.waitFor((least: number) => (window as unknown as TestWindow).seen.length >= least, count);
    await expect.poll(async () => (await ledger(stage.panel)).frames, SOON).toBeGreaterThan(50);
    await stage.panel.close();
    await seenByPage(sent + 50);
    stage.panel = await page.openPanel();
    await stage.panel.resize(1400, 700);
    await showSocket(stage.panel, '/stream');
    await seenByPage(sent + 50);
    clearInterval(stream);
    await seenByPage(sent);
    await expect
      .poll(async () => {
        const { frames, dropped, inFlight } = await ledger(stage.panel);
        return [frames + dropped, inFlight];
      }, SOON)
      .toEqual([sent + 1, 0]);
    await expectTrueLedger(stage.panel, sent + 1);
    const { dropped } = await ledger(stage.panel);
    const all = await allRows(stage.panel);
    const numbers = all
      .filter(({ direction }) => direction === 'received')
      .map(({ data }) => Number(data.replace('number ', '')));
    const expected = Array.from({ length: sent }, (_, index) => index).slice(dropped);
    expect(numbers).toEqual(expected);
  });

  it('merges what several documents held for a late panel into the order of time', async () => {
    const { page, server } = stage;
    await stage.panel.close();
    // A busy Chromium now and then drops the socket of an iframe that has only just come, with or without an extension (see
    // `whenArrived`). Firefox has no answer for an iframe of another site, and needs none.
    const echo = (path: string) => `<!doctype html><script>
      (${whenArrived})(window).catch(() => undefined).then(() => {
        const socket = new WebSocket('${server.sockets}${path}');
        socket.onmessage = ({ data }) => socket.send('echo ' + data);
      });</script>`;
    const children = ['/late-0', '/late-1', '/late-2'];
    const addresses = children.map((path, index) => {
      const address = server.serve(`${path}-page`, echo(path));
      return index === 1 ? address.replace(server.origin, server.otherOrigin) : address;
    });
    await page.navigate(server.serve('/late', BLANK));
    await page.evaluate((sources: readonly string[]) => {
      for (const source of sources) {
        const frame = document.createElement('iframe');
        frame.src = source;
        document.body.append(frame);
      }
    }, addresses);
    const connections = await Promise.all(children.map((path) => server.connection(path)));
    const expected: string[] = [];
    for (let round = 0; round < 4; round++) {
      for (const [index, connection] of connections.entries()) {
        const text = `${round} on ${index}`;
        connection.send(text);
        await connection.messages(round + 1);
        expected.push(text, `echo ${text}`);
      }
    }
    stage.panel = await page.openPanel();
    await stage.panel.resize(1400, 700);
    await expect.poll(() => rowCount(stage.panel), SOON).toBe(expected.length + children.length);
    // The list is as high as the panel a moment after that has been resized.
    let seen: Row[] = [];
    // On a busy machine the process of another site may answer after the panel has put the others in order.
    const isElsewhere = ({ data }: Pick<Row, 'data'>) => data.endsWith(' on 1');
    const messages = async () => {
      seen = (await rows(stage.panel)).filter(({ bytes }) => bytes !== undefined);
      const texts = (of: readonly Row[]) => of.map(({ data }) => data);
      return [texts(seen.filter((row) => !isElsewhere(row))), texts(seen.filter(isElsewhere))];
    };
    const elsewhere = expected.filter((data) => isElsewhere({ data }));
    const here = expected.filter((data) => !isElsewhere({ data }));
    await expect.poll(messages, SOON).toEqual([here, elsewhere]);
    const times = seen.filter((row) => !isElsewhere(row)).map(({ time }) => time);
    expect(times).toEqual([...times].sort());
  });

  it('shows in each of two panels the sockets of its own tab alone', async () => {
    const { browser, page, panel, server } = stage;
    await page.navigate(server.serve('/this-tab', opening('/this')));
    const other = await browser.open(server.serve('/other-tab', opening('/other')));
    const second = await other.openPanel();
    await expectStates(second, '/other', 'OPEN');
    await expectStates(panel, '/this', 'OPEN');
    (await server.connection('/other')).send('for the other');
    (await server.connection('/this')).send('for this');
    await expectLines(second, [
      'open connected',
      'sent text 11 from /other',
      'received text 13 for the other',
    ]);
    await expectLines(panel, ['open connected', 'sent text 10 from /this', 'received text 8 for this']);
    await expect
      .poll(async () => (await sockets(second)).map(({ url }) => new URL(url).pathname), SOON)
      .toEqual(['/other']);
    await expect.poll(paths, SOON).toEqual(['/this']);
    await other.close();
    (await server.connection('/this')).send('and on');
    await expect.poll(async () => (await lines(panel)).at(-1), SOON).toBe('received text 6 and on');
    await expectTrueLedger(panel, 4);
  });

  it('counts what came while it was paused, in a row and in the ledger', async () => {
    const { page, panel, server } = stage;
    await page.navigate(server.serve('/pausing', BLANK));
    await openSocket(page, `${server.sockets}/paused`);
    const connection = await server.connection('/paused');
    connection.send('before');
    await expectLines(panel, ['open connected', 'received text 6 before']);
    const isPaused = async () => (await panel.element('button', 'Pause')).states.pressed;
    await panel.click('button', 'Pause');
    await expect.poll(isPaused, SOON).toBe('true');
    for (let index = 0; index < 30; index++) connection.send('unseen');
    await sendTexts(page, ['unseen', 'unseen']);
    await expectLedger(panel, { frames: 2, dropped: 32, inFlight: 0 });
    await expect.poll(() => rowCount(panel), SOON).toBe(2);
    await panel.click('button', 'Pause');
    await expect.poll(isPaused, SOON).toBe('false');
    connection.send('after');
    await expectLines(panel, [
      'open connected',
      'received text 6 before',
      'gap 32 frames (192 B) are missing: capturing was paused · numbers 3–34',
      'received text 5 after',
    ]);
    await expectLedger(panel, { frames: 3, dropped: 32, inFlight: 0 });
    await expect
      .poll(async () => (await sockets(panel)).map(({ text }) => text), SOON)
      .toEqual([expect.stringContaining('32 dropped')]);
  });

  it('clears all frames and the sockets that are closed, and goes on with the others', async () => {
    const { page, panel, server } = stage;
    await page.navigate(server.serve('/clearing', BLANK));
    await openSocket(page, `${server.sockets}/ended`, 'ended');
    await openSocket(page, `${server.sockets}/going-on`);
    await sendTexts(page, ['old']);
    (await server.connection('/ended')).close(1000);
    await expectStates(panel, '/ended', 'CLOSED');
    await expect.poll(() => rowCount(panel), SOON).toBe(4);
    await panel.click('button', 'Clear');
    await expect.poll(() => rowCount(panel), SOON).toBe(0);
    await expectLedger(panel, EMPTY);
    await expect.poll(paths, SOON).toEqual(['/going-on']);
    await sendTexts(page, ['new']);
    await expectLines(panel, ['sent text 3 new']);
    await expectLedger(panel, { ...EMPTY, frames: 1 });
  });
});
