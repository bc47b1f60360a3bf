import { describe, expect, it } from 'vitest';
import type { Panel } from '../../scripts/devtools/driver.ts';
import { openSocket, sendTexts, type TestWindow } from './helpers/page.ts';
import {
  detailText,
  expectLines,
  expectStates,
  fact,
  line,
  lines,
  rowCount,
  rows,
  SOON,
  selectRow,
  showSocket,
  showTab,
} from './helpers/panel.ts';
import { BROWSERS, useStage } from './helpers/stage.ts';

/** Role or element, and name, of what has the keyboard focus. */
function focused(panel: Panel): Promise<string> {
  return panel.evaluate(() => {
    const element = document.activeElement;
    const role = element?.getAttribute('role') ?? element?.localName ?? '';
    return `${role} ${element?.ariaLabel ?? element?.textContent?.trim() ?? ''}`.trim();
  });
}

/** The places of the selected rows in sight. */
async function selected(panel: Panel): Promise<number[]> {
  return (await rows(panel)).filter((row) => row.selected).map(({ index }) => index);
}

describe.each(BROWSERS)('finding in %s', (name) => {
  const stage = useStage(name);

  it('filters by text, regular expression, direction and events', async () => {
    const { page, panel, server } = stage;
    await openSocket(page, `${server.sockets}/filtered`);
    const connection = await server.connection('/filtered');
    await sendTexts(page, ['Order 17', 'ping', '{"order": 18}']);
    await connection.messages(3);
    connection.send('order 19 ack');
    connection.send('pong');
    const all = [
      'open connected',
      'sent text 8 Order 17',
      'sent text 4 ping',
      'sent text 13 {"order": 18}',
      'received text 12 order 19 ack',
      'received text 4 pong',
    ];
    await expectLines(panel, all);
    const cases: [string, number[]][] = [
      ['order', [1, 3, 4]],
      ['/^p[io]ng$/', [2, 5]],
      ['dir:sent', [1, 2, 3]],
      ['dir:received order', [4]],
      ['-order -event:open', [2, 5]],
      ['', [0, 1, 2, 3, 4, 5]],
    ];
    for (const [expression, places] of cases) {
      await panel.fill('searchbox', 'Filter frames', expression);
      await expectLines(
        panel,
        places.map((place) => all[place]),
      );
      await expect.poll(() => rowCount(panel), SOON).toBe(places.length);
    }
    const buttons: [string, number[]][] = [
      ['Sent', [1, 2, 3]],
      ['Received', [4, 5]],
      ['Events', [0]],
      ['All', [0, 1, 2, 3, 4, 5]],
    ];
    for (const [button, places] of buttons) {
      await panel.click('button', button);
      await expectLines(
        panel,
        places.map((place) => all[place]),
      );
      await expect
        .poll(async () => (await panel.element('button', button)).states.pressed, SOON)
        .toBe('true');
    }
  });

  it('says why an expression is bad, and goes on with the last good one', async () => {
    const { page, panel } = stage;
    const filter = 'Filter frames';
    await panel.fill('searchbox', filter, 'dir:received');
    await expect.poll(() => rowCount(panel), SOON).toBe(2);
    for (const [expression, complaint] of [
      ['/p(/', 'The regular expression is not valid'],
      ['dirr:sent', 'There is no “dirr:”. Did you mean “dir:”?'],
      ['dir:sideways', '“dir:” cannot be “sideways”'],
      ['"open', 'The closing quotation mark is missing'],
    ] as const) {
      await panel.fill('searchbox', filter, expression);
      await panel.waitForText(complaint);
      await expect
        .poll(async () => (await panel.element('searchbox', filter)).states.invalid, SOON)
        .toBe('true');
      await expect.poll(() => rowCount(panel), SOON).toBe(2);
    }
    await sendTexts(page, ['not shown']);
    await panel.fill('searchbox', filter, 'shown');
    await expectLines(panel, ['sent text 9 not shown']);
    await expect
      .poll(async () => (await panel.element('searchbox', filter)).states.invalid, SOON)
      .toBe('false');
    await panel.focus('searchbox', filter);
    await panel.press('Escape');
    await expect.poll(() => rowCount(panel), SOON).toBe(7);
  });

  it('filters frames that come later, too', async () => {
    const { page, panel } = stage;
    await panel.fill('searchbox', 'Filter frames', 'wanted');
    await expectLines(panel, []);
    await sendTexts(page, ['other', 'wanted 1', 'another', 'wanted 2']);
    await expectLines(panel, ['sent text 8 wanted 1', 'sent text 8 wanted 2']);
    await panel.fill('searchbox', 'Filter frames', '');
  });

  it('goes from match to match among the frames that are shown, and gives the keyboard back to them', async () => {
    const { panel } = stage;
    const counted = (text: string) => panel.waitForText(text);
    await panel.fill('searchbox', 'Filter frames', '-event:open');
    await panel.press('f', ['Control']);
    await panel.element('textbox', 'Find in frames');
    await expect.poll(() => focused(panel), SOON).toBe('input Find in frames');
    await panel.type('wanted');
    await counted('2 found');
    await panel.press('Enter');
    await counted('2 of 2');
    await expect
      .poll(async () => (await rows(panel)).filter((row) => row.selected).map(({ data }) => data), SOON)
      .toEqual(['wanted 2']);
    await panel.press('F3');
    await counted('1 of 2');
    await expect.poll(() => panel.evaluate(() => CSS.highlights.get('find')?.size), SOON).toBe(2);
    await panel.click('button', 'Regular expression');
    await panel.fill('textbox', 'Find in frames', '^(o|an)');
    await counted('4 found');
    await expect.poll(() => panel.evaluate(() => CSS.highlights.get('find')?.size), SOON).toBe(4);
    await panel.press('Escape');
    await expect.poll(() => focused(panel), SOON).toBe('grid Frames');
    await expect.poll(() => panel.evaluate(() => CSS.highlights.size), SOON).toBe(0);
    await panel.fill('searchbox', 'Filter frames', '');
  });

  it('lets the Tab key reach everything', async () => {
    const { panel } = stage;
    await selectRow(panel, 'wanted 2');
    await panel.focus('button', 'Pause');
    const stops = [await focused(panel)];
    while (stops.length < 60 && !stops.includes('button Close socket')) {
      await panel.press('Tab');
      stops.push(await focused(panel));
    }
    const places = [
      /^button Pause$/,
      /^button Clear$/,
      /^input Filter frames$/,
      /^button Sent$/,
      /^listbox Sockets$/,
      /^grid Frames$/,
      /^tab (Preview|Raw|Hex|Info)$/,
      /^button Resend$/,
      /^textbox Message$/,
      /^button Send$/,
      /^button Inject$/,
    ].map((place) => stops.findIndex((stop) => place.test(stop)));
    expect(places, stops.join(', ')).toEqual(places.toSorted((a, b) => a - b));
    expect(places, stops.join(', ')).not.toContain(-1);
  });

  it('moves with the arrow keys in the socket list', async () => {
    const { page, panel, server } = stage;
    await openSocket(page, `${server.sockets}/second`, 'second');
    await expectStates(panel, '/second', 'OPEN');
    const chosen = async () =>
      (await panel.elements('option'))
        .filter((option) => /^ws:/.test(option.name) && option.states.selected === 'true')
        .map((option) => new URL(option.name.split(' ')[0] ?? '').pathname);
    await panel.focus('listbox', 'Sockets');
    await panel.press('Home');
    await expect.poll(chosen, SOON).toEqual(['/filtered']);
    await panel.press('ArrowDown');
    await expect.poll(chosen, SOON).toEqual(['/second']);
    await expectLines(panel, ['open connected']);
    await panel.press('ArrowUp');
    await expect.poll(chosen, SOON).toEqual(['/filtered']);
    await panel.click('button', 'Show all');
    await expect.poll(chosen, SOON).toEqual([]);
  });

  it('moves with the arrow keys in the frame list, and extends the selection with Shift', async () => {
    const { panel } = stage;
    const place = () => selected(panel);
    await panel.focus('grid', 'Frames');
    await panel.press('Home');
    await expect.poll(place, SOON).toEqual([0]);
    await panel.press('ArrowDown');
    await panel.press('ArrowDown');
    await expect.poll(place, SOON).toEqual([2]);
    await expect.poll(() => detailText(panel), SOON).toContain('ping');
    await panel.press('ArrowUp');
    await panel.press('ArrowDown', ['Shift']);
    await panel.press('ArrowDown', ['Shift']);
    await expect.poll(place, SOON).toEqual([1, 2, 3]);
    await panel.waitForText('3 selected');
    await panel.press('ArrowUp', ['Shift']);
    await expect.poll(place, SOON).toEqual([1, 2]);
    await panel.press('End');
    await expect
      .poll(async () => (await rows(panel)).filter((row) => row.selected).map(line), SOON)
      .toEqual(['open connected']);
  });

  it('moves between the tabs of the detail with the arrow keys', async () => {
    const { panel } = stage;
    await showTab(panel, 'Preview');
    await panel.focus('tab', 'Preview');
    for (const tab of ['Raw', 'Hex', 'Diff', 'Info', 'Preview']) {
      await panel.press('ArrowRight');
      await expect.poll(async () => (await panel.element('tab', tab)).states.selected, SOON).toBe('true');
      await expect.poll(() => focused(panel), SOON).toBe(`tab ${tab}`);
    }
  });

  it('follows what changes without an event: bytes that wait to be sent, and the binary type', async () => {
    const { page, panel, server } = stage;
    await openSocket(page, `${server.sockets}/slow`);
    const connection = await server.connection('/slow');
    await showSocket(panel, '/slow');
    await showTab(panel, 'Info');
    await expect.poll(() => fact(panel, 'Binary type'), SOON).toBe('blob');
    await expect.poll(() => fact(panel, 'Buffered'), SOON).toBe('0 B');
    connection.pause();
    await page.evaluate(() => {
      const { main } = (window as unknown as TestWindow).sockets;
      if (!main) return;
      main.binaryType = 'arraybuffer';
      for (let index = 0; index < 40; index++) main.send(new Uint8Array(1_000_000));
    });
    await expect.poll(() => fact(panel, 'Binary type'), SOON).toBe('arraybuffer');
    await expect.poll(() => fact(panel, 'Buffered'), SOON).toMatch(/^[\d.]+ MB \([\d,]+ B\)$/);
    connection.resume();
    await expect.poll(() => fact(panel, 'Buffered'), SOON).toBe('0 B');
  });

  it('draws what happened when, and shows a span of it that is dragged or chosen by key', async () => {
    const { page, panel, server } = stage;
    await openSocket(page, `${server.sockets}/spans`);
    await showSocket(panel, '/spans');
    await panel.click('button', 'Clear');
    await expect.poll(() => rowCount(panel), SOON).toBe(0);
    await page.evaluate(async () => {
      const { main } = (window as unknown as TestWindow).sockets;
      for (let index = 10; index < 30; index++) {
        main?.send(`message ${index}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    });
    const all = Array.from({ length: 20 }, (_, index) => `sent text 10 message ${index + 10}`);
    await expectLines(panel, all);
    const words = () => panel.evaluate(() => document.querySelector('#timeline-words')?.textContent);
    await expect.poll(words, SOON).toContain('sent: 20 (200 B)');
    await expect.poll(() => panel.evaluate(countDrawn), SOON).toBeGreaterThan(500);
    const span = async () => (await lines(panel)).map((text) => all.indexOf(text));
    // A good part of the time: on a machine that has other work they come in clusters.
    await panel.drag('slider', 'Time span', { x: 500, y: 0 });
    const isPart = async () => {
      const [first = 0, ...others] = await span();
      return first > 0 && others.every((place, index) => place === first + 1 + index);
    };
    await expect.poll(isPart, SOON).toBe(true);
    await panel.focus('slider', 'Time span');
    await panel.press('Home');
    await expect.poll(async () => (await span())[0], SOON).toBe(0);
    await panel.press('Escape');
    await expectLines(panel, all);
  });

  it('hides heartbeats and other types of messages, also of those to come, and shows them again', async () => {
    const { page, panel, server } = stage;
    await openSocket(page, `${server.sockets}/types`);
    await showSocket(panel, '/types');
    await sendTexts(page, [
      '{"type":"ping"}',
      '{"type":"trade","n":1}',
      '{"type":"order"}',
      '{"type":"trade","n":2}',
    ]);
    await panel.click('button', 'Types');
    await panel.element('checkbox', { contains: 'trade 2 messages' });
    await panel.click('button', 'Hide heartbeats');
    await panel.click('checkbox', { contains: 'order' });
    await panel.press('Escape');
    await sendTexts(page, ['{"type":"PONG"}', '{"type":"trade","n":3}']);
    const trades = [1, 2, 3].map((n) => `sent text 22 {"type":"trade","n":${n}}`);
    await expectLines(panel, ['open connected', ...trades]);
    await panel.click('button', { contains: 'Heartbeats hidden · 1 type hidden' });
    await expect.poll(() => rowCount(panel), SOON).toBe(7);
  });
});

/** Pixels of the timeline in which there is something. */
function countDrawn(): number {
  const canvas = document.querySelector<HTMLCanvasElement>('.timeline canvas');
  if (!canvas) return 0;
  const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
  return data?.filter((value, index) => index % 4 === 3 && value > 0).length ?? 0;
}
