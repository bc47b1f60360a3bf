import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { editAndResend, resend } from '../../../../../src/panel/model/acting/actions.ts';
import { replaySteps } from '../../../../../src/panel/model/acting/replaying.ts';
import { targetOf } from '../../../../../src/panel/model/acting/target.ts';
import { moveColumn, showColumn } from '../../../../../src/panel/model/columns/column-changes.ts';
import type { ExportScope } from '../../../../../src/panel/model/files/export-rows.ts';
import type { ExportFormat } from '../../../../../src/panel/model/files/export-writers.ts';
import { clearList } from '../../../../../src/panel/model/undo/clearing.ts';
import { SETTINGS } from '../../../../../src/panel/settings/schema.ts';
import { FrameFlag, FrameKind } from '../../../../../src/protocol/frames.ts';
import { ReadyState } from '../../../../../src/protocol/sockets.ts';
import { tallyFrames } from '../../../../../src/store/ledger.ts';
import { speakEnglish } from '../../../helpers/language.ts';
import { PanelWorld } from '../../../helpers/panel-world.ts';

const T0 = Date.UTC(2026, 10, 28, 12);

let world: PanelWorld;

beforeEach(() => {
  vi.restoreAllMocks();
  speakEnglish();
  world = new PanelWorld();
});

/** Exports and gives the file; undefined if none was written. */
async function exported(from: PanelWorld, format: ExportFormat, scope: ExportScope = 'all') {
  let file: File | undefined;
  await from.model.transfers.export(format, scope, (name, contents) => {
    file = new File([contents], name);
  });
  return file;
}

async function imported(...files: File[]): Promise<PanelWorld> {
  const into = new PanelWorld();
  await into.model.transfers.import(files);
  into.paint();
  return into;
}

/** Rows as people see them, without what is different in another panel. */
function rows({ model }: PanelWorld) {
  const { store } = model;
  return Array.from({ length: store.endRow - store.firstRow }, (_, index) => {
    const row = store.firstRow + index;
    return {
      kind: store.kind(row),
      flags: store.flags(row),
      time: store.time(row),
      size: store.size(row),
      payload: store.payload(row),
      stack: store.stack(row),
      close: store.close(row),
      gap: store.gap(row),
      url: model.socketOf(row)?.record.url,
    };
  });
}

/** A page with two sockets that has seen about everything. */
function fill(): void {
  world.addSocket({ url: 'wss://a.test/one', createdAt: T0, openedAt: T0 + 1, protocol: 'p' });
  world.addSocket({
    url: 'wss://b.test/two',
    createdAt: T0 + 2,
    openedAt: T0 + 3,
    closedAt: T0 + 90,
    readyState: ReadyState.closed,
    close: { code: 1001, reason: 'bye', wasClean: true },
  });
  world.addFrames(
    { kind: FrameKind.open, time: T0 + 1 },
    { kind: FrameKind.open, socket: 2, time: T0 + 3 },
    {
      payload: 'Grüße \ud83d alone',
      time: T0 + 4,
      detail: { stack: 'Error\n    at f (https://a.test/x.js:1:2)' },
    },
    { payload: new Uint8Array([0, 255]), socket: 2, time: T0 + 5 },
    {
      kind: FrameKind.sentText,
      payload: '=1+1',
      time: T0 + 5.25,
      flags: FrameFlag.byPanel | FrameFlag.replayed,
    },
    { kind: FrameKind.sentBinary, payload: new Uint8Array(), socket: 2, time: T0 + 6 },
    { kind: FrameKind.receivedText, time: T0 + 7, flags: FrameFlag.payloadGone, size: 99 },
    { payload: '', flags: FrameFlag.injected, time: T0 + 8 },
    {
      kind: FrameKind.close,
      socket: 2,
      time: T0 + 90,
      detail: { close: { code: 1001, reason: 'bye', wasClean: true } },
    },
  );
}

describe('an export that another panel imports', () => {
  it.each(['ndjson', 'har'] as const)('is complete as %s: rows, sockets and the account', async (format) => {
    fill();
    world.session.isPaused = true;
    world.addTexts('unseen', 'unseen');
    world.session.isPaused = false;
    const file = await exported(world, format);
    expect(file?.name).toMatch(new RegExp(`^framescope-\\d{4}-\\d\\d-\\d\\d-\\d{6}\\.${format}$`));
    const into = await imported(file ?? new File([], ''));
    // A HAR has one socket after the other; where they meet is told by their times alone, and a gap is told of late.
    const order = (of: PanelWorld) =>
      format === 'har' ? rows(of).toSorted((a, b) => (a.url ?? '').localeCompare(b.url ?? '')) : rows(of);
    expect(order(into)).toEqual(order(world));
    expect(into.model.sockets().map(({ record, readOnly }) => [record.url, record.close, readOnly])).toEqual([
      ['wss://a.test/one', undefined, 'imported'],
      ['wss://b.test/two', { code: 1001, reason: 'bye', wasClean: true }, 'imported'],
    ]);
    expect(into.session.totals()).toMatchObject({ stored: 9, dropped: 2 });
    expect([...into.session.totals().droppedBy]).toEqual([['imported', 2]]);
    const [first] = into.model.sockets();
    expect(first && tallyFrames(first.ledger.accounted())).toBe(5 + 2);
    expect(into.model.notice.value).toEqual({
      tone: 'good',
      text: `Imported from ${file?.name} — frames: 9, sockets: 2`,
    });
  });

  it('stands as HAR with its page, in the order of time', async () => {
    fill();
    const into = await imported((await exported(world, 'har')) ?? new File([], ''));
    const times = rows(into).map(({ time }) => time);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(into.model.sockets().map(({ document }) => [document.file, document.identity.url])).toEqual([
      [expect.stringMatching(/\.har$/), 'https://example.test/page'],
      [expect.stringMatching(/\.har$/), 'https://example.test/page'],
    ]);
  });

  it('can be exported again as it was', async () => {
    fill();
    const first = await exported(world, 'ndjson');
    const again = await exported(await imported(first ?? new File([], '')), 'ndjson');
    const lines = async (file: File | undefined) =>
      (await file?.text())
        ?.split('\n')
        .slice(1)
        .map((line) => line.replace('"readyState":"OPEN"', '"readyState":"CLOSED"'));
    expect(await lines(again)).toEqual(await lines(first));
  });
});

describe('an export', () => {
  it('writes the columns that are to be seen as CSV, and no formula', async () => {
    fill();
    const text = (await (await exported(world, 'csv'))?.text()) ?? '';
    const lines = text.split('\r\n');
    expect(lines[0]).toBe('Star,Time,Δ ms,Direction,Socket,Type,Length,Data');
    expect(lines[4]).toMatch(/,1,received,b\.test\/two,binary,2,00ff$/);
    expect(lines[5]).toMatch(/,0,sent,a\.test\/one,text,4,'=1\+1$/);
    world.model.shownLine.showSocket(1);
    expect(await (await exported(world, 'csv', 'filter'))?.text()).toMatch(/^Star,Time,Δ ms,Direction,Type,/);
  });

  it.each(['ndjson', 'har'] as const)('keeps stars and notes as %s', async (format) => {
    fill();
    const { store } = world.model;
    const row = Array.from({ length: store.endRow }, (_, index) => index).find(
      (index) => store.payload(index) === '=1+1',
    );
    store.remarks.set(row ?? -1, { isStarred: true, note: ' look\nhere ' });
    const into = await imported((await exported(world, format)) ?? new File([], ''));
    const said = (of: PanelWorld) =>
      Array.from({ length: of.model.store.endRow }, (_, index) => index).flatMap((index) => {
        const { isStarred, note } = of.model.store.remarks.of(index);
        return isStarred || note ? [[of.model.store.payload(index), isStarred, note]] : [];
      });
    expect(said(into)).toEqual([['=1+1', true, 'look here']]);
  });

  it('has the columns that a person has chosen as CSV, in their order', async () => {
    fill();
    const { columns, settings } = world.model;
    showColumn(columns, 'delta', false);
    showColumn(columns, 'star', false);
    showColumn(columns, 'socket', false);
    moveColumn(columns, 'length', 'before', 'time');
    settings.of(SETTINGS.timeFormat).value = 'since-first';
    const lines = ((await (await exported(world, 'csv'))?.text()) ?? '').split('\r\n');
    expect(lines[0]).toBe('Length,Time (s),Direction,Type,Data');
    expect(lines[4]).toMatch(/^2,\d+\.\d{3},received,binary,00ff$/);
    settings.of(SETTINGS.timeFormat).value = 'since-shown';
    const since = ((await (await exported(world, 'csv'))?.text()) ?? '').split('\r\n');
    expect(since[0]).toBe('Length,Time (ms),Direction,Type,Data');
    expect(since[4]).toBe('2,1,received,binary,00ff');
    columns.reset();
    settings.of(SETTINGS.timeFormat).value = 'clock';
  });

  it('writes what is selected, or what the filter shows, and no other socket', async () => {
    fill();
    const dataOf = async (scope: ExportScope) => {
      const lines = (await (await exported(world, 'ndjson', scope))?.text())?.trim().split('\n') ?? [];
      return lines.slice(1).map((line) => {
        const { type, data, url, base64 } = JSON.parse(line);
        return url ?? data ?? base64 ?? type;
      });
    };
    world.model.filter.setText('type:binary');
    expect(await dataOf('filter')).toEqual(['wss://b.test/two', 'AP8=', '']);
    world.model.filter.setText('');
    world.model.selection.select(4);
    world.model.selection.extendTo(5);
    expect(await dataOf('selection')).toEqual(['wss://a.test/one', '=1+1', 'wss://b.test/two', '']);
  });

  it('counts a gap as a gap and not as a frame', async () => {
    fill();
    world.session.isPaused = true;
    world.addTexts('unseen', 'unseen');
    world.session.isPaused = false;
    await exported(world, 'ndjson');
    expect(world.session.totals()).toMatchObject({ stored: 9, dropped: 2 });
    expect(world.model.notice.value?.text).toMatch(/ — frames: 9\. Gaps: 1\. Without contents: 1\.$/);
  });

  it('says how many frames have no contents', async () => {
    fill();
    await exported(world, 'ndjson');
    expect(world.model.notice.value?.text).toMatch(/^Exported to .* — frames: 9\. Without contents: 1\.$/);
  });

  it.each(['ndjson', 'har'] as const)(
    'writes all else as %s where a payload becomes more than a string can hold',
    async (format) => {
      world.addSocket();
      world.addTexts('\0'.repeat(100_000), 'all else');
      const { stringify } = JSON;
      vi.spyOn(JSON, 'stringify').mockImplementation((value: unknown) => {
        const text = stringify(value);
        if (text.length > 500_000) throw new RangeError('Invalid string length');
        return text;
      });
      const into = await imported((await exported(world, format)) ?? new File([], ''));
      expect(world.model.notice.value?.text).toMatch(/frames: 2\. Without contents: 1\.$/);
      expect(rows(into)).toMatchObject([
        { payload: undefined, flags: FrameFlag.payloadGone, size: 100_000 },
        { payload: 'all else' },
      ]);
    },
  );

  it('that fails says why, and another one can be tried', async () => {
    fill();
    vi.spyOn(globalThis, 'Blob').mockImplementationOnce(function fail() {
      throw new RangeError('no memory left');
    });
    expect(await exported(world, 'ndjson')).toBeUndefined();
    expect(world.model.notice.value).toMatchObject({
      tone: 'bad',
      text: expect.stringMatching(/no memory left/),
    });
    expect(await exported(world, 'ndjson')).toBeDefined();
  });

  it('writes no file when it is cancelled', async () => {
    world.addSocket();
    world.addTexts(...Array.from({ length: 20_000 }, (_, index) => `frame ${index}`));
    const running = exported(world, 'har');
    const { transfers } = world.model;
    await expect.poll(() => transfers.state.value).toMatchObject({ type: 'running', what: 'export' });
    await exported(world, 'csv');
    expect(world.model.notice.value).toMatchObject({ tone: 'bad', text: expect.stringMatching(/under way/) });
    world.model.transfers.cancel();
    expect(await running).toBeUndefined();
    expect(world.model.transfers.state.value).toEqual({ type: 'idle' });
    expect(world.model.notice.value).toMatchObject({ tone: 'bad', text: expect.stringMatching(/cancelled/) });
  });
});

describe('an import', () => {
  const chrome = () =>
    new File([readFileSync(new URL('../../../../fixtures/har/chrome.har', import.meta.url))], 'chrome.har');

  it('leaves a paused capture alone', async () => {
    world.addSocket();
    world.session.isPaused = true;
    await world.model.transfers.import([chrome()]);
    world.addTexts('unseen');
    expect(world.session.isPaused).toBe(true);
    expect(world.session.totals()).toMatchObject({ stored: 12, dropped: 1 });
  });

  it('goes with Clear, and with the page', async () => {
    await world.model.transfers.import([chrome()]);
    expect(world.model.sockets()).toHaveLength(2);
    clearList(world.model);
    expect(world.model.sockets()).toEqual([]);
    await world.model.transfers.import([chrome()]);
    expect(world.model.sockets()).toHaveLength(2);
    world.session.recorder.list.clearGone();
    expect(world.model.sockets()).toEqual([]);
  });

  it('says what could not be read, with its line, and takes the rest', async () => {
    fill();
    const lines = (await (await exported(world, 'ndjson'))?.text())?.split('\n') ?? [];
    lines[3] = '{"type":"message","socket":1';
    const into = await imported(new File([lines.join('\n')], 'broken.ndjson'));
    expect(into.model.transfers.state.value).toMatchObject({
      type: 'imported-in-part',
      file: 'broken.ndjson',
      frames: 8,
      sockets: 2,
      problems: [{ line: 4, reason: { code: 'not-json' } }],
      problemCount: 1,
    });
    into.model.transfers.dismiss();
    expect(into.model.transfers.state.value).toEqual({ type: 'idle' });
  });

  it('refuses what is no file of ours in words', async () => {
    await world.model.transfers.import([new File(['PK\u0003\u0004'], 'a.zip')]);
    expect(world.model.transfers.state.value).toMatchObject({
      problems: [{ line: 1, reason: { code: 'unknown-format' } }],
    });
  });

  it('keeps what it has when it is cancelled', async () => {
    const source = new PanelWorld();
    source.addSocket();
    source.addTexts(...Array.from({ length: 20_000 }, (_, index) => `frame ${index}`));
    const file = (await exported(source, 'ndjson')) ?? new File([], '');
    const running = world.model.transfers.import([file]);
    const unsubscribe = world.model.transfers.state.subscribe((state) => {
      if (state.type === 'running' && state.done > 0) world.model.transfers.cancel();
    });
    await running;
    unsubscribe();
    const { stored } = world.session.totals();
    expect(stored).toBeGreaterThan(0);
    expect(stored).toBeLessThan(20_000);
    expect(world.model.notice.value).toMatchObject({
      tone: 'bad',
      text: expect.stringMatching(/^Cancelled\. /),
    });
  });
});

describe('a frame of a file', () => {
  beforeEach(async () => {
    await world.model.transfers.import([
      new File([readFileSync(new URL('../../../../fixtures/har/chrome.har', import.meta.url))], 'chrome.har'),
    ]);
    world.paint();
    world.model.selection.select(1);
  });

  it('is not resent on its own socket', async () => {
    await resend(world.model, 1);
    expect(world.model.notice.value).toMatchObject({ tone: 'bad', text: expect.stringMatching(/read-only/) });
    expect(world.run).not.toHaveBeenCalled();
  });

  it('is edited for an open socket, of the same address if there is one', async () => {
    const other = world.addSocket({ url: 'wss://other.test/' });
    await editAndResend(world.model, 1);
    expect(targetOf(world.model)).toBe(other);
    const same = world.addSocket({ url: 'ws://127.0.0.1:8080/chat?room=1' });
    world.addSocket({ url: 'wss://third.test/' });
    await editAndResend(world.model, 1);
    expect(targetOf(world.model)).toBe(same);
    expect(world.model.composer.text.value).toBe('hello');
  });

  it('is replayed on an open socket', async () => {
    const open = world.addSocket({ url: 'wss://other.test/' });
    expect(targetOf(world.model)).toBe(open);
    world.model.selection.extendTo(2);
    expect((await replaySteps(world.model)).map(({ action }) => action)).toEqual(['send', 'send']);
  });
});
