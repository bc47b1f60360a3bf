import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { BrowserTarget } from '../../scripts/build/manifest.ts';

/** The repository. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Both builds. */
export const TARGETS: readonly BrowserTarget[] = ['chrome', 'firefox'];

/** One file of a built extension. */
export interface BuiltFile {
  /** Within the extension, with slashes. */
  readonly path: string;
  readonly bytes: Buffer;
}

/** Manifest keys that the tests look at; a key may be missing. */
export interface BuiltManifest extends Readonly<Record<string, unknown>> {
  readonly version: string;
  readonly devtools_page: string;
  readonly default_locale: string;
  readonly icons: Readonly<Record<string, string>>;
  readonly background?: { readonly scripts: readonly string[] };
  readonly content_scripts: readonly ContentScript[];
  readonly content_security_policy: { readonly extension_pages: string };
}

export interface ContentScript extends Readonly<Record<string, unknown>> {
  readonly js: readonly string[];
  readonly css?: readonly string[];
  readonly world?: string;
}

/** A built extension as it lies in `dist/`. */
export class BuiltExtension {
  readonly files: readonly BuiltFile[];
  readonly manifest: BuiltManifest;

  /** @throws {Error} when the extension has not been built */
  constructor(target: BrowserTarget) {
    const folder = path.join(ROOT, 'dist', target);
    this.files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => ({
        path: path.relative(folder, file).replaceAll(path.sep, '/'),
        bytes: readFileSync(file),
      }));
    this.manifest = JSON.parse(this.text('manifest.json')) as BuiltManifest;
  }

  has(file: string): boolean {
    return this.files.some((one) => one.path === file);
  }

  /** @throws {Error} when there is no such file */
  bytes(file: string): Buffer {
    const found = this.files.find((one) => one.path === file);
    if (!found) throw new Error(`The build has no ${file}`);
    return found.bytes;
  }

  text(file: string): string {
    return this.bytes(file).toString('utf8');
  }

  /** Files whose name ends so. */
  ending(...suffixes: string[]): readonly BuiltFile[] {
    return this.files.filter((file) => suffixes.some((suffix) => file.path.endsWith(suffix)));
  }

  gzipSize(...files: string[]): number {
    return files.reduce((sum, file) => sum + gzipSync(this.bytes(file), { level: 9 }).length, 0);
  }

  /** The file of the content script that is made from a source file such as `page/hook`. */
  contentScript(name: string): string {
    const found = this.manifest.content_scripts.flatMap(({ js }) => js).find((file) => file.includes(name));
    if (!found) throw new Error(`The manifest has no content script ${name}`);
    return found;
  }

  /** Scripts that a page of the extension loads before it can show anything: its own and what they import. */
  firstScripts(page: string): readonly string[] {
    const own = attributes(this.text(page), 'script', 'src').map((source) => resolve(page, source));
    return this.withImports(own);
  }

  /** Scripts that the background loads whenever the browser starts it. */
  backgroundScripts(): readonly string[] {
    return this.withImports(this.manifest.background?.scripts ?? []);
  }

  private withImports(files: readonly string[]): string[] {
    const found = new Set<string>();
    const add = (file: string) => {
      if (found.has(file)) return;
      found.add(file);
      for (const imported of staticImports(this.text(file))) add(resolve(file, imported));
    };
    for (const file of files) add(file);
    return [...found];
  }
}

/** What an HTML file names in one attribute of one kind of element. */
export function attributes(html: string, element: string, attribute: string): string[] {
  const tags = html.match(new RegExp(`<${element}\\b[^>]*>`, 'g')) ?? [];
  return tags.flatMap((tag) => new RegExp(`\\b${attribute}="([^"]*)"`).exec(tag)?.[1] ?? []);
}

/** A path within the extension, from one that a file names. */
export function resolve(from: string, named: string): string {
  return new URL(named, `https://extension.invalid/${from}`).pathname.slice(1);
}

function staticImports(code: string): string[] {
  // A text that is just such a word is followed by a quote too.
  return [...code.matchAll(/(?<!["'`])\b(?:import|from)\s*["'`]([^"'`]+)["'`]/g)].flatMap(
    (match) => match[1] ?? [],
  );
}
