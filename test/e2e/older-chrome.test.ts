import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openSocket, type TestWindow } from './helpers/page.ts';
import { expectLines, fact, rawText, SOON, selectRow, showSocket, showTab } from './helpers/panel.ts';
import type { Connection } from './helpers/server.ts';
import { useStage } from './helpers/stage.ts';

// Chrome before 148 carries JSON between content script and panel, which knows no bytes. Any Chrome does so for an extension
// that does not ask for more.

/** A copy of the extension whose ports carry JSON. */
async function withJsonPorts(extension: string): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'framescope-older-chrome-'));
  await cp(extension, folder, { recursive: true });
  const file = path.join(folder, 'manifest.json');
  const { message_serialization, ...manifest } = JSON.parse(await readFile(file, 'utf8'));
  expect(message_serialization).toBe('structured_clone');
  await writeFile(file, JSON.stringify(manifest));
  return folder;
}

const BYTES = Uint8Array.from({ length: 256 }, (_, index) => index);
const BASE64 = Buffer.from(BYTES).toString('base64');
const ODD_TEXT = 'Grüße \ud800 und \udc00 – 😀 \u0000 \ufeff';

describe('over ports that carry JSON, as in older Chromes', () => {
  const stage = useStage('chromium', { prepare: withJsonPorts });
  let connection: Connection;
  let lastPath = 0;

  beforeEach(async () => {
    const { page, panel, server } = stage;
    const address = `/older-${++lastPath}`;
    await openSocket(page, server.sockets + address);
    connection = await server.connection(address);
    await showSocket(panel, address);
    await expectLines(panel, ['open connected']);
  });

  /** Looks at one row in Raw. */
  async function expectRaw(row: string, raw: string) {
    await selectRow(stage.panel, row);
    await showTab(stage.panel, 'Raw');
    await expect.poll(() => rawText(stage.panel), SOON).toBe(raw);
  }

  it('shows texts unit for unit', async () => {
    const { page, panel } = stage;
    await page.evaluate((text: string) => {
      (window as unknown as TestWindow).sockets.main?.send(text);
    }, ODD_TEXT);
    const [received] = await connection.messages(1);
    expect(received).toBe(ODD_TEXT.toWellFormed());
    connection.send('zurück: ü → 日本');
    await expectLines(panel, [
      'open connected',
      expect.stringMatching(new RegExp(`^sent text ${Buffer.byteLength(ODD_TEXT)} Grüße`)),
      'received text 22 zurück: ü → 日本',
    ]);
    await expectRaw('Grüße', ODD_TEXT);
    await expectRaw('zurück', 'zurück: ü → 日本');
  });

  it('shows bytes and the contents of Blobs', async () => {
    const { page, panel } = stage;
    await page.evaluate(
      (bytes: readonly number[]) => {
        const { main } = (window as unknown as TestWindow).sockets;
        main?.send('before');
        main?.send(Uint8Array.from(bytes).reverse());
        main?.send(new Blob(['a Blob: ', Uint8Array.from(bytes)]));
      },
      [...BYTES],
    );
    await connection.messages(3);
    connection.send(BYTES);
    await expectLines(panel, [
      'open connected',
      'sent text 6 before',
      expect.stringMatching(/^sent binary 256 ff fe fd /),
      expect.stringMatching(/^sent binary 264 61 20 42 6c 6f 62 /),
      expect.stringMatching(/^received binary 256 00 01 02 /),
    ]);
    await expectRaw('ff fe fd', Buffer.from(BYTES.toReversed()).toString('base64'));
    await expectRaw('61 20 42', Buffer.concat([Buffer.from('a Blob: '), BYTES]).toString('base64'));
    await expectRaw('00 01 02', BASE64);
  });

  it('sends, injects and resends bytes and texts as they are', async () => {
    const { page, panel } = stage;
    await page.evaluate((text: string) => {
      const own = window as unknown as TestWindow;
      const { main } = own.sockets;
      if (!main) return;
      own.seen = [];
      main.binaryType = 'arraybuffer';
      main.addEventListener('message', ({ data }) => own.seen.push([...new Uint8Array(data)]));
      main.send(text);
    }, ODD_TEXT);
    await panel.fill('combobox', 'Format', 'base64');
    await panel.fill('textbox', 'Message', BASE64);
    await panel.click('button', 'Send');
    expect((await connection.messages(2))[1]).toEqual(BYTES);
    await panel.click('button', 'Inject');
    await expect
      .poll(() => page.evaluate(() => (window as unknown as TestWindow).seen), SOON)
      .toEqual([[...BYTES]]);
    await selectRow(panel, 'Grüße');
    await panel.click('button', 'Resend');
    expect((await connection.messages(3))[2]).toBe(ODD_TEXT.toWellFormed());
    await panel.click('row', { contains: '00 01 02' }, { nth: 0 });
    await panel.click('button', 'Resend');
    expect((await connection.messages(4))[3]).toEqual(BYTES);
    await showTab(panel, 'Info');
    await expect.poll(() => fact(panel, 'Length'), SOON).toBe('256 B');
  });
});
