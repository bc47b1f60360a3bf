import { expect, test } from 'vitest';
import type { ExportRows } from '../../../../../src/panel/model/files/export-rows.ts';
import type { ExportWriter } from '../../../../../src/panel/model/files/export-writer.ts';
import { Exporter } from '../../../../../src/panel/model/files/exporter.ts';
import { FrameStore } from '../../../../../src/store/frame-store.ts';
import { NO_HOST } from '../../../../../src/store/store-host.ts';
import { FakeVaults, settle } from '../../../helpers/fake-vault.ts';
import { batchOf } from '../../../helpers/frames.ts';

const WRITER: ExportWriter = {
  bySocket: false,
  start: () => '',
  frame: (row, { kind, payload }) => `${row} ${kind} ${payload}\n`,
  end: () => '',
};

test('a row that is dropped while its payload is read from the disk is missing', async () => {
  const vaults = new FakeVaults();
  const store = new FrameStore({ ...NO_HOST, openVault: () => vaults.open() });
  store.append(batchOf(Array.from({ length: 20_000 }, () => ({ payload: 'x' }))), 0, (id) => id);
  store.trim({ bytes: 0, disk: 1e9, rows: 1e9 }, () => undefined);
  await settle();
  expect(store.payloadState(0)).toBe('away');
  const rows: ExportRows = { count: 2, each: () => [0, 19_999] };
  const pause = () => Promise.resolve();
  const exporting = new Exporter(store, WRITER, pause).run(
    rows,
    '',
    () => undefined,
    new AbortController().signal,
  );
  store.trim({ bytes: 0, disk: 1e9, rows: 1 }, () => undefined);
  expect(store.firstRow).toBe(16_384);
  const { file, frames, gaps, missing } = await exporting;
  expect(await file?.text()).toBe('19999 2 x\n');
  expect({ frames, gaps, missing }).toEqual({ frames: 1, gaps: 0, missing: 1 });
});
