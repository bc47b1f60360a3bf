import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSocket, sendTexts } from './helpers/page.ts';
import { expectLedger, expectNotice, ledger, rows, SOON } from './helpers/panel.ts';
import { BROWSERS, useStage } from './helpers/stage.ts';

/** In all messages, and of no use to anyone who would look for it. */
const SECRET = 'of a private window';
const MESSAGE = SECRET.repeat(30_000);
const AT_A_TIME = 6;

/** The files of a folder that hold a text, in one byte a character or in two. */
function filesWith(folder: string, text: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name));
  return files.filter((file) => {
    const content = contentOf(file);
    return content.includes(text) || content.includes(Buffer.from(text, 'utf16le'));
  });
}

/** Browsers remove files and lock some; those are not ours. */
function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}

describe.each(BROWSERS)('a private window, in %s', (name) => {
  const stage = useStage(name, { launch: { privateWindows: true } });

  it('is captured and acted on as any other, and nothing of it is written down', async () => {
    const { browser, page, panel, server } = stage;
    await openSocket(page, `${server.sockets}/private`);
    await panel.click('button', { contains: 'memory ' });
    await panel.fill('spinbutton', { contains: 'Payloads in memory' }, '8');
    await panel.press('Enter');
    await panel.press('Escape');
    for (let sent = 0; sent < 4; sent++) {
      await sendTexts(
        page,
        Array.from({ length: AT_A_TIME }, () => MESSAGE),
      );
      await expect.poll(async () => (await ledger(panel)).frames, SOON).toBe(1 + (sent + 1) * AT_A_TIME);
    }
    await panel.fill('textbox', 'Message', SECRET);
    await panel.click('button', 'Send');
    await expectNotice(panel, 'Sent 19 B on /private');
    await expectLedger(panel, { frames: 2 + 4 * AT_A_TIME, dropped: 0, inFlight: 0 });
    await panel.focus('grid', 'Frames');
    await panel.press('Home');
    await expect.poll(async () => (await rows(panel))[1]?.data, SOON).toMatch(/dropped for lack of memory/);
    expect(await panel.evaluate((text) => JSON.stringify({ ...localStorage }).includes(text), SECRET)).toBe(
      false,
    );
    expect(filesWith(browser.profile, SECRET)).toEqual([]);
  });
});
