import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VirtualScroll } from '../../../../../src/panel/views/controls/virtual-scroll.ts';

const ROW = 21;
const VIEWPORT = 500;
const MILLION = 1_000_000;
/** px; above it Firefox collapses an element */
const TALLEST = 17_000_000;

/** What a box does with a scroll: its own position follows, and it is told when it has to be elsewhere. */
function scrollOf(rows: number, follows = false): VirtualScroll {
  const scroll = new VirtualScroll(ROW, follows);
  scroll.resize(rows, VIEWPORT);
  scroll.takeElementTop();
  return scroll;
}

/** The reader moves the box to a position of its own. */
function scrollTo(scroll: VirtualScroll, elementTop: number): void {
  scroll.scrolled(elementTop);
  scroll.takeElementTop();
}

const isWhollyInSight = (scroll: VirtualScroll, index: number) =>
  index * ROW >= scroll.top && (index + 1) * ROW <= scroll.top + VIEWPORT;

describe('a million rows', () => {
  test('never make the element taller than a browser can', () => {
    for (const rows of [0, 1, 1000, MILLION, 50 * MILLION]) {
      expect(scrollOf(rows).elementHeight).toBeLessThan(TALLEST);
    }
  });

  test('can all be brought into sight', () => {
    const scroll = scrollOf(MILLION);
    fc.assert(
      fc.property(fc.nat(MILLION - 1), (index) => {
        scroll.reveal(index);
        expect(isWhollyInSight(scroll, index)).toBe(true);
        expect(scroll.firstIndex).toBeLessThanOrEqual(index);
        expect(scroll.endIndex).toBeGreaterThan(index);
      }),
    );
  });

  test('are drawn a screenful at a time', () => {
    const scroll = scrollOf(MILLION);
    fc.assert(
      fc.property(fc.nat(8_000_000), (elementTop) => {
        scrollTo(scroll, elementTop);
        expect(scroll.endIndex - scroll.firstIndex).toBeLessThanOrEqual(Math.ceil(VIEWPORT / ROW) + 1);
        expect(scroll.endIndex).toBeLessThanOrEqual(MILLION);
        expect(scroll.offset).toBeGreaterThanOrEqual(0);
        expect(scroll.offset).toBeLessThan(ROW);
      }),
    );
  });

  test('have their first and last row at the ends of the scroll bar', () => {
    const scroll = scrollOf(MILLION);
    scrollTo(scroll, scroll.elementHeight - VIEWPORT);
    expect(scroll.endIndex).toBe(MILLION);
    expect(scroll.isAtEdge).toBe(true);
    scrollTo(scroll, 0);
    expect(scroll.top).toBe(0);
  });

  test('scroll as fast as the wheel turns, at any position', () => {
    const scroll = scrollOf(MILLION);
    scroll.reveal(600_000);
    const { top } = scroll;
    scrollTo(scroll, scroll.takeElementTop() + 100);
    expect(scroll.top).toBe(top + 100);
    scrollTo(scroll, scroll.takeElementTop() - 40);
    expect(scroll.top).toBe(top + 60);
  });

  test('pass in proportion when the scroll bar is dragged', () => {
    const scroll = scrollOf(MILLION);
    scrollTo(scroll, (scroll.elementHeight - VIEWPORT) / 2);
    expect(scroll.firstIndex / MILLION).toBeCloseTo(0.5, 3);
  });
});

describe('a short list', () => {
  test('is scrolled as any other element', () => {
    const scroll = scrollOf(100);
    expect(scroll.elementHeight).toBe(100 * ROW);
    for (const position of [0, 10, 1500, 3, 100 * ROW - VIEWPORT]) {
      scrollTo(scroll, position);
      expect(scroll.top).toBeCloseTo(position, 6);
    }
  });

  test('that fits is at its end', () => {
    const scroll = scrollOf(3);
    expect([scroll.firstIndex, scroll.endIndex, scroll.isAtEdge]).toEqual([0, 3, true]);
  });

  test('that is empty shows nothing', () => {
    const scroll = scrollOf(0, true);
    expect([scroll.firstIndex, scroll.endIndex, scroll.elementHeight, scroll.takeElementTop()]).toEqual([
      0, 0, 0, 0,
    ]);
  });
});

test('a scroll event for a position that was set is ignored', () => {
  const scroll = scrollOf(MILLION);
  scroll.reveal(700_000);
  expect(scroll.scrolled(scroll.takeElementTop())).toBe(false);
});

describe('the end', () => {
  test('is followed while the reader is there', () => {
    const scroll = scrollOf(1000, true);
    scroll.resize(1001, VIEWPORT);
    expect(scroll.endIndex).toBe(1001);
  });

  test('is followed through a resize', () => {
    const scroll = scrollOf(1000, true);
    scroll.resize(1000, 100);
    expect(scroll.endIndex).toBe(1000);
    expect(scroll.isAtEdge).toBe(true);
  });

  test('is left by scrolling up and found again by scrolling down', () => {
    const scroll = scrollOf(1000, true);
    const bottom = scroll.takeElementTop();
    scrollTo(scroll, bottom - 30);
    expect(scroll.follows).toBe(false);
    scrollTo(scroll, bottom);
    expect(scroll.follows).toBe(true);
  });

  test('can be left by picking out a row, and asked for again', () => {
    const scroll = scrollOf(1000, true);
    scroll.stopFollowing();
    scroll.resize(2000, VIEWPORT);
    expect(scroll.endIndex).toBe(1000);
    scroll.scrollToEdge();
    expect([scroll.endIndex, scroll.follows]).toEqual([2000, true]);
  });

  test('is left when a row is brought into sight, be it the last one, and followed again where that is let go of', () => {
    const scroll = scrollOf(1000, true);
    scroll.reveal(10);
    expect(scroll.follows).toBe(false);
    scroll.letGo();
    expect(scroll.follows).toBe(false);
    scroll.reveal(999);
    expect([scroll.isAtEdge, scroll.follows]).toEqual([true, false]);
    scroll.letGo();
    expect(scroll.follows).toBe(true);
  });
});

test('added rows never move what is being read', () => {
  const growth = fc.array(fc.nat(200_000), { maxLength: 10 });
  fc.assert(
    fc.property(
      fc.integer({ min: 100, max: MILLION }),
      fc.double({ min: 0, max: 0.9, noNaN: true }),
      growth,
      (rows, place, growth) => {
        const scroll = scrollOf(rows);
        scroll.reveal(Math.floor(rows * place));
        scroll.stopFollowing();
        const { top } = scroll;
        let count = rows;
        for (const added of growth) {
          count += added;
          scroll.resize(count, VIEWPORT);
          scroll.scrolled(scroll.takeElementTop());
          expect(scroll.top).toBe(top);
        }
      },
    ),
  );
});

test('rows that are inserted or removed at the front do not move what is being read', () => {
  const scroll = scrollOf(1000);
  scroll.reveal(500);
  scroll.stopFollowing();
  const place = () => scroll.top - 500 * ROW;
  const before = place();
  scroll.resize(1300, VIEWPORT, -300);
  expect(scroll.top - 800 * ROW).toBe(before);
  scroll.resize(1100, VIEWPORT, -100);
  expect(scroll.top - 600 * ROW).toBe(before);
  scroll.resize(400, VIEWPORT, 600);
  expect(scroll.top).toBe(0);
});

test('a row that is in sight is not moved to be brought into sight', () => {
  const scroll = scrollOf(1000);
  scroll.reveal(500);
  const { top } = scroll;
  scroll.reveal(495);
  expect(scroll.top).toBe(top);
});

describe('the element', () => {
  test('is moved to the start of a new list, wherever it was', () => {
    const scroll = new VirtualScroll(ROW, false);
    scroll.resize(MILLION, VIEWPORT);
    expect(scroll.takeMove()).toBe(0);
  });

  test('does not move from where the reader has scrolled to', () => {
    const scroll = scrollOf(MILLION);
    scroll.takeMove();
    scroll.scrolled(4_000_000);
    expect(scroll.takeMove()).toBeUndefined();
    expect(scroll.takeMove()).toBeUndefined();
  });

  test('follows the end as rows are added', () => {
    const scroll = scrollOf(1000, true);
    scroll.takeMove();
    scroll.resize(1001, VIEWPORT);
    expect(scroll.takeMove()).toBe(1001 * ROW - VIEWPORT);
  });
});

describe('rows that have come and have not been seen', () => {
  test('are counted while the reader is elsewhere, and count as seen at the end', () => {
    const scroll = scrollOf(1000, true);
    expect(scroll.unseen).toBe(0);
    scroll.resize(1200, VIEWPORT);
    expect(scroll.unseen).toBe(0);
    scroll.reveal(100);
    scroll.resize(1500, VIEWPORT);
    expect(scroll.unseen).toBe(300);
    scroll.reveal(1299);
    expect(scroll.unseen).toBe(200);
    scroll.reveal(0);
    expect(scroll.unseen).toBe(200);
    scroll.scrollToEdge();
    expect(scroll.unseen).toBe(0);
  });

  test('are not affected by rows that are inserted or removed at the front', () => {
    const scroll = scrollOf(1000, true);
    scroll.reveal(100);
    scroll.resize(1010, VIEWPORT, 0);
    scroll.resize(910, VIEWPORT, 100);
    expect(scroll.unseen).toBe(10);
    scroll.resize(1410, VIEWPORT, -400);
    expect(scroll.unseen).toBe(10);
    scroll.resize(5, VIEWPORT, 9000);
    expect(scroll.unseen).toBeLessThanOrEqual(5);
  });
});

describe('rows that are added at the start', () => {
  /** As a list does it to which a row comes at its front. */
  class Upwards {
    readonly scroll = new VirtualScroll(ROW, true, 'start');
    private left = 0;

    constructor(private rows: number) {
      this.add(0);
    }

    add(added: number, leaving = 0): void {
      this.rows += added - leaving;
      this.left += leaving;
      this.scroll.resize(this.rows, VIEWPORT, -(this.left + this.rows));
    }
  }

  test('are followed while the start is in sight', () => {
    const list = new Upwards(1000);
    expect(list.scroll.top).toBe(0);
    list.add(5);
    expect([list.scroll.top, list.scroll.unseen]).toEqual([0, 0]);
    list.scroll.scrolled(300);
    expect(list.scroll.follows).toBe(false);
    list.scroll.scrolled(0);
    expect(list.scroll.follows).toBe(true);
  });

  test('do not move what is being read, nor do rows removed at the end', () => {
    const list = new Upwards(1000);
    list.scroll.reveal(500);
    const { top } = list.scroll;
    list.add(7);
    expect(list.scroll.top).toBe(top + 7 * ROW);
    list.add(0, 100);
    expect(list.scroll.top).toBe(top + 7 * ROW);
  });

  test('are counted until they have been seen', () => {
    const list = new Upwards(1000);
    list.scroll.stopFollowing();
    list.add(300, 20);
    expect(list.scroll.unseen).toBe(300);
    list.scroll.reveal(100);
    expect(list.scroll.unseen).toBe(100);
    list.scroll.reveal(600);
    expect(list.scroll.unseen).toBe(100);
    list.scroll.scrollToEdge();
    expect([list.scroll.top, list.scroll.unseen]).toEqual([0, 0]);
    list.add(1);
    expect(list.scroll.top).toBe(0);
  });
});

test('a row that is sought before there is a box is brought into sight when there is one', () => {
  const scroll = new VirtualScroll(ROW, true);
  scroll.reveal(300);
  scroll.resize(1000, 0);
  expect(scroll.follows).toBe(false);
  scroll.resize(1000, VIEWPORT);
  expect(isWhollyInSight(scroll, 300)).toBe(true);
  scroll.resize(1001, VIEWPORT);
  expect(isWhollyInSight(scroll, 300)).toBe(true);
});
