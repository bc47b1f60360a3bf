import { builtExtension } from './build.ts';
import { BROWSERS } from './stage.ts';

/** Builds once, before files that run beside each other look for what is built. */
export async function setup(): Promise<void> {
  for (const name of BROWSERS) await builtExtension(name);
}
