import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PROTOCOL_VERSION } from '../../src/protocol/version.ts';
import { ROOT } from '../tools/command.ts';

/** A copy of a built extension whose pages have the hook of an older version, as after an update of the extension. */
export function withOlderHook(extension: string): Promise<string> {
  const ours = `version:${PROTOCOL_VERSION}`;
  return changedCopy(extension, 'src/page/hook.js', (hook) => {
    if (hook.split(ours).length !== 2) throw new Error(`The hook does not say ${ours} just once`);
    return hook.replace(ours, `version:${PROTOCOL_VERSION - 1}`);
  });
}

/** A copy that leaves pages as they are, as those are that were open before the extension was installed. */
export function withoutHook(extension: string): Promise<string> {
  return changedCopy(extension, 'manifest.json', (manifest) => {
    const { content_scripts: _, ...rest } = JSON.parse(manifest) as Record<string, unknown>;
    return JSON.stringify(rest);
  });
}

async function changedCopy(
  extension: string,
  name: string,
  change: (text: string) => string,
): Promise<string> {
  const copy = path.join(ROOT, '.cache', 'older-pages');
  await rm(copy, { recursive: true, force: true });
  await cp(extension, copy, { recursive: true });
  const file = path.join(copy, name);
  await writeFile(file, change(await readFile(file, 'utf8')));
  return copy;
}
