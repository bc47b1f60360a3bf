// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest';
import { showColumn } from '../../../../../../src/panel/model/columns/column-changes.ts';
import { loadFilterEngine } from '../../../../../../src/panel/model/filter/filter-loader.ts';
import { FrameKind } from '../../../../../../src/protocol/frames.ts';
import { View } from '../../../../helpers/view.tsx';

const RLO = '\u202e';
const NUL = '\u0000';
const HOSTILE = `${RLO}gpj.exe${NUL}\n\u2028\u0007end`;
/** Whatever changes the order of what stands around it, breaks a line or leaves no mark. */
const UNSEEN = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

let view: View;
beforeEach(() => {
  view = new View();
});

const cells = () => view.all('gridcell');

/** Texts of elements, and of their tooltips, that would do harm to what stands around them. */
function unsafe(elements: readonly HTMLElement[]): string[] {
  const texts = elements.flatMap((element) => [
    element.textContent ?? '',
    ...[element, ...element.querySelectorAll('[title]')].flatMap(
      (one) => one.getAttribute('title')?.split('\n') ?? [],
    ),
  ]);
  return texts.filter((text) => UNSEEN.test(text));
}

test('no cell contains a character that affects its surroundings, whoever sent it', () => {
  view.update(() => {
    view.world.addSocket({ url: `not an address ${HOSTILE}`, protocol: HOSTILE, extensions: HOSTILE });
    view.world.addFrames(
      { kind: FrameKind.open },
      { payload: HOSTILE },
      { payload: `{"type":"${RLO}evil\u0007","a":"${HOSTILE}"}` },
      { payload: `${HOSTILE} {"a":1}`, kind: FrameKind.sentText },
      { payload: new TextEncoder().encode(HOSTILE) },
      { kind: FrameKind.close, detail: { close: { code: 4000, reason: HOSTILE, wasClean: true } } },
    );
    showColumn(view.world.model.columns, 'note', true);
    view.world.model.store.remarks.set(1, { isStarred: true, note: HOSTILE });
  });
  expect(view.all('row')).toHaveLength(7);
  expect(unsafe(cells())).toEqual([]);
  const isolated = cells().filter(({ textContent }) => textContent?.includes('gpj.exe'));
  expect(isolated.length).toBeGreaterThan(6);
  for (const cell of isolated) expect(cell.querySelector('bdi')?.textContent).toContain('gpj.exe');
  expect(isolated.filter(({ textContent }) => textContent?.includes('⟨U+202E⟩')).length).toBeGreaterThan(5);
});

test('nor do the list of sockets and the choice of a socket', () => {
  view.update(() => {
    const socket = view.world.addSocket({ url: `not an address ${HOSTILE}`, protocol: HOSTILE });
    view.world.addTexts('a');
    view.world.model.shownLine.showSocket(socket.number);
  });
  const said = [...view.all('option'), ...view.all('combobox')];
  expect(said.filter(({ textContent }) => textContent?.includes('gpj.exe')).length).toBeGreaterThan(1);
  expect(unsafe(said)).toEqual([]);
  expect(view.one('option', /gpj.exe/).querySelectorAll('bdi').length).toBe(3);
});

test('an address of ten megabytes costs a line of the list a few hundred characters', () => {
  view.update(() => view.world.addSocket({ url: `wss://example.test/${'x'.repeat(10_000_000)}` }));
  const [option] = view.all('option');
  expect(option?.outerHTML.length).toBeLessThan(10_000);
});

test('of ten megabytes a cell holds a few hundred characters, and a row is drawn from the first few thousand', () => {
  const large = `{"type":"big","data":"${'x'.repeat(10_000_000)}"}`;
  const head = vi.spyOn(view.world.model.store, 'head');
  view.update(() => {
    view.world.addSocket();
    view.world.addFrames({ payload: large, size: large.length });
  });
  expect(cells().some(({ textContent }) => textContent?.startsWith('{"type":"big"'))).toBe(true);
  expect(Math.max(...cells().map(({ textContent }) => textContent?.length ?? 0))).toBeLessThan(300);
  expect(Math.max(...head.mock.calls.map(([, units]) => units))).toBeLessThanOrEqual(4096);
});

test('packets of MQTT show in their row what they request', async () => {
  await loadFilterEngine();
  view.update(() => {
    view.world.addSocket({ protocol: 'mqtt' });
    view.world.addFrames(
      { payload: Uint8Array.of(0x82, 6, 0, 9, 0, 1, 0x61, 1), kind: FrameKind.sentBinary },
      { payload: Uint8Array.of(0x30, 5, 0, 1, 0x61, 0x6f, 0x6e) },
      { payload: Uint8Array.of(0x82, 6, 0, 9, 0, 9, 0x61, 1) },
    );
  });
  const texts = cells().map(({ textContent }) => textContent);
  expect(texts).toContain('SUBSCRIBE  #9  a QoS 1');
  expect(texts).toContain('a  on');
  expect(texts).toContainEqual(expect.stringContaining('82 06 00 09 00 09 61 01'));
});
