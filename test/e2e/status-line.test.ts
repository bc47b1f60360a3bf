import { beforeEach, describe, expect, it } from 'vitest';
import { openSocket, sendTexts } from './helpers/page.ts';
import { expectNotice, nextPicture, SOON, selectRow, showSocket } from './helpers/panel.ts';
import { BROWSERS, useStage } from './helpers/stage.ts';

/** Of the panel in px: docked beside a page, low as well, and wider. */
const SIZES = [
  [320, 600],
  [420, 600],
  [420, 300],
  [700, 600],
  [1200, 700],
] as const;

describe.each(BROWSERS)('the status line in %s', (name) => {
  const stage = useStage(name);
  let lastPath = 0;

  beforeEach(async () => {
    const { page, panel, server } = stage;
    const path = `/${'long-'.repeat(40)}${++lastPath}`; // longer than any line
    await openSocket(page, server.sockets + path);
    await panel.resize(1200, 700);
    await showSocket(panel, path);
    await sendTexts(page, ['"one"', '"two"']);
    await selectRow(panel, 'one');
  });

  /** What is true of the panel in each size, once it does not change any more. */
  async function inEachSize<Seen>(look: () => Seen): Promise<Record<string, Seen>> {
    const { panel } = stage;
    const all: Record<string, Seen> = {};
    for (const [width, height] of SIZES) {
      await panel.resize(width, height);
      let before: string | undefined;
      const isSteady = async () => {
        await nextPicture(panel);
        const seen = await panel.evaluate(look);
        const was = before;
        before = JSON.stringify(seen);
        all[`${width} × ${height}`] = seen as Seen;
        return before === was;
      };
      await expect.poll(isSteady, SOON).toBe(true);
    }
    return all;
  }

  /** Where a click would go: px from the top of the panel. */
  const places = () =>
    Object.fromEntries(
      ['.detail [role=tablist]', '.composer', '.status-bar'].map((part) => [
        part,
        document.querySelector(part)?.getBoundingClientRect().top,
      ]),
    );

  /** Parts of the line that are not within it, or that lie over one another. */
  const misplaced = () => {
    const line = document.querySelector('.status-bar');
    const around = line?.getBoundingClientRect() ?? new DOMRect();
    const parts = [...(line?.querySelectorAll('.ledger-figures > span, .memory, .notice > *') ?? [])]
      .map((part) => ({ text: part.textContent, box: part.getBoundingClientRect() }))
      .filter(({ text }) => text !== '');
    const isWithin = ({ left, right, top, bottom }: DOMRect) =>
      left >= around.left && right <= around.right && top >= around.top && bottom <= around.bottom;
    // Firefox counts in sixtieths of a pixel, and adds them up as it likes.
    const least = 0.5;
    const meet = (one: DOMRect, other: DOMRect) =>
      Math.min(one.right, other.right) - Math.max(one.left, other.left) > least &&
      Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > least;
    return [
      ...parts.filter(({ box }) => !isWithin(box)).map(({ text }) => `${text}: outside`),
      ...parts.flatMap((one, at) =>
        parts
          .slice(at + 1)
          .filter((other) => meet(one.box, other.box))
          .map((other) => `${one.text}: over ${other.text}`),
      ),
    ];
  };

  const nothing = Object.fromEntries(SIZES.map(([width, height]) => [`${width} × ${height}`, []]));

  it('moves no pane when it has a notice, in whatever size of panel', async () => {
    const { panel } = stage;
    const before = await inEachSize(places);
    await panel.click('button', 'Resend');
    await expectNotice(panel, 'Sent 5 B on /');
    expect(await inEachSize(places)).toEqual(before);
    expect(await inEachSize(misplaced)).toEqual(nothing);
  });

  it('has a notice that finds no room stand above it as a whole where the keyboard comes to it', async () => {
    const { panel } = stage;
    await panel.resize(420, 600);
    await panel.click('button', 'Resend');
    await expectNotice(panel, 'Sent 5 B on /');
    await expect
      .poll(() => panel.evaluate(() => document.querySelector<HTMLElement>('.notice > bdi')?.tabIndex), SOON)
      .toBe(0);
    await panel.evaluate(() => document.querySelector<HTMLElement>('.status-bar button')?.focus());
    const isReached = async () => {
      await panel.press('Tab');
      return panel.evaluate(() => document.activeElement?.matches('.notice > bdi') === true);
    };
    await expect.poll(isReached, SOON).toBe(true);
    const cut = () => {
      const notice = document.activeElement;
      const { left, right, top } = notice?.getBoundingClientRect() ?? new DOMRect();
      return {
        isWhole:
          notice !== null &&
          notice.scrollWidth <= notice.clientWidth &&
          notice.scrollHeight <= notice.clientHeight,
        isWithin: left >= 0 && right <= innerWidth && top >= 0,
      };
    };
    expect(await panel.evaluate(cut)).toEqual({ isWhole: true, isWithin: true });
    await panel.press('Tab', ['Shift']);
    const isBack = () =>
      panel.evaluate(
        () => getComputedStyle(document.querySelector('.notice > bdi') ?? document.body).position,
      );
    await expect.poll(isBack, SOON).toBe('static');
  });

  it('has room for large figures, and for what undoes', async () => {
    const { panel } = stage;
    const height = () => document.querySelector('.status-bar')?.clientHeight;
    const before = await inEachSize(height);
    await panel.click('button', 'Clear');
    await panel.element('button', 'Undo');
    expect(await inEachSize(height)).toEqual(before);
    // A million frames take minutes to come; what they are counted with does not.
    await panel.evaluate(
      (texts: readonly string[]) => {
        const figures = document.querySelectorAll('.ledger-figures > span, .memory');
        for (const [index, figure] of [...figures].entries())
          (figure.firstChild as Text).data = texts[index] ?? '';
      },
      [
        '1,234,567 frames',
        '12,345 dropped',
        'in flight 1,234',
        'memory 255.9 MB of 256 MB · disk 1,234.5 MB',
      ],
    );
    expect(await inEachSize(misplaced)).toEqual(nothing);
  });
});
