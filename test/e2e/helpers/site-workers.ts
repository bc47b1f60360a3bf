import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { until } from '../../../scripts/devtools/poll.ts';
import { SOON } from './panel.ts';
import type { Stage } from './stage.ts';

/**
 * A copy of the extension that has its optional permissions already: a headless Chromium shows nobody the question, and waits for
 * the answer.
 */
export async function withPermissions(extension: string): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'framescope-permitted-'));
  await cp(extension, folder, { recursive: true });
  const file = path.join(folder, 'manifest.json');
  const { optional_permissions, optional_host_permissions, ...manifest } = JSON.parse(
    await readFile(file, 'utf8'),
  );
  const granted = { permissions: optional_permissions, host_permissions: optional_host_permissions };
  await writeFile(file, JSON.stringify({ ...manifest, ...granted }));
  return folder;
}

/** Whether the switch of the page's site says that it is on. */
export function isSwitchedOn({ panel }: Stage): Promise<boolean | undefined> {
  return panel.evaluate(
    () => document.querySelector<HTMLInputElement>('.sockets input[type=checkbox]')?.checked,
  );
}

/** Switches the capture of `blob:` workers on for the site of the page, which is loaded again. */
export async function switchOn({ page, panel }: Stage): Promise<void> {
  await page.evaluate(() => {
    (window as { isBefore?: boolean }).isBefore = true;
  });
  await panel.click('checkbox', 'Workers');
  await panel.click('button', 'Switch on and reload');
  await panel.waitFor(
    () => document.querySelector<HTMLInputElement>('.sockets input[type=checkbox]')?.checked,
  );
  // While the page is going, it cannot be asked.
  const isThere = () =>
    page
      .evaluate(() => !(window as { isBefore?: boolean }).isBefore && document.readyState === 'complete')
      .catch(() => false);
  await until(isThere, SOON.timeout, () => 'The page has not been loaded again');
}
