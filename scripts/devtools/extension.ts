import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** What the drivers need to know about an unpacked extension. */
export interface UnpackedExtension {
  /** Absolute path of the folder with the manifest. */
  readonly directory: string;
  /** `browser_specific_settings.gecko.id`, which Firefox knows the extension by. */
  readonly geckoId: string | undefined;
}

/**
 * Reads the manifest of an unpacked extension.
 * @throws {Error} when there is none, which mostly means that the extension has not been built
 */
export async function readExtension(directory: string): Promise<UnpackedExtension> {
  const absolute = path.resolve(directory);
  const file = path.join(absolute, 'manifest.json');
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Error(`No extension in ${absolute}: build it first (npm run build).`, { cause });
  });
  const manifest = JSON.parse(text) as { browser_specific_settings?: { gecko?: { id?: unknown } } };
  const id = manifest.browser_specific_settings?.gecko?.id;
  return { directory: absolute, geckoId: typeof id === 'string' ? id : undefined };
}
