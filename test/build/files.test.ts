import os from 'node:os';
import { Script } from 'node:vm';
import { parseAst } from 'vite';
import { describe, expect, it } from 'vitest';
import { SITE_SCRIPTS } from '../../src/protocol/site-workers.ts';
import { WORKER_HOOK_FILE, WORKER_PLACES } from '../../src/protocol/workers.ts';
import { BuiltExtension, ROOT, TARGETS } from './extension.ts';

const KIB = 1024;
const STREAM_HOOK = 'src/page/stream-hook.js';

describe.each(TARGETS)('the files built for %s', (target) => {
  const extension = new BuiltExtension(target);
  const registered = target === 'chrome' ? SITE_SCRIPTS.map(({ file }) => file) : [];
  const contentScripts = [...extension.manifest.content_scripts.flatMap(({ js }) => js), ...registered];
  const scripts = extension.ending('.js');

  describe.each(contentScripts)('content script %s', (file) => {
    const code = extension.text(file);

    it('is a classic script without a module', () => {
      // A classic script with an import or export declaration does not compile.
      expect(() => new Script(code)).not.toThrow();
      expect(code).not.toMatch(/\bimport\s*[("'`{*]/);
      expect(code).not.toMatch(/\bimport\.meta\b/);
    });

    it('leaves no global behind: it is one function that is called at once', () => {
      expect(code.trim()).toMatch(/^(?:["']use strict["'];)?\(function\s*\(\)\s*\{/);
      expect(code.trim()).toMatch(/\}\)\(\);?$/);
      expect(isOneExpression(code)).toBe(true);
    });

    it('does not load or name anything from elsewhere', () => {
      expect(code).not.toMatch(/https?:\/\//);
    });
  });

  it('hold no code that evaluates code', () => {
    const evaluating =
      /\beval\s*\(|\bnew\s+Function\b|\bFunction\s*\(\s*["'`]|\bset(?:Timeout|Interval)\s*\(\s*["'`]/;
    expect(matches(extension.ending('.js', '.html'), evaluating)).toEqual([]);
  });

  it('load nothing from elsewhere', () => {
    const remote =
      /(?:\bimport\s*\(?|\bfrom|\bimportScripts\s*\(|\bfetch\s*\(|\bnew\s+(?:Shared)?Worker\s*\(|\.src\s*=|\.href\s*=)\s*["'`](?:https?:)?\/\//;
    expect(matches(scripts, remote)).toEqual([]);
    expect(matches(extension.ending('.html'), /\b(?:src|href|action)\s*=\s*["']?(?:https?:)?\/\//)).toEqual(
      [],
    );
    expect(matches(extension.ending('.css'), /@import|url\(\s*["']?(?:https?:)?\/\//)).toEqual([]);
  });

  it('have their style sheets in their pages, as nothing loads one later', () => {
    const pages = extension.ending('.html').map(({ bytes }) => bytes.toString('utf8'));
    const sheets = extension.ending('.css').map(({ path }) => path);
    expect(sheets.filter((sheet) => !pages.some((page) => page.includes(sheet)))).toEqual([]);
  });

  it('have no inline script and no event handler attribute', () => {
    const inline = /<script(?![^>]*\bsrc=)[^>]*>|<[^>]+\son[a-z]+\s*=/;
    expect(matches(extension.ending('.html'), inline)).toEqual([]);
  });

  it('hold no source map', () => {
    expect(extension.ending('.map').map(({ path }) => path)).toEqual([]);
    expect(matches(extension.ending('.js', '.css'), /sourceMappingURL/)).toEqual([]);
  });

  it('hold no path of the machine that built them', () => {
    const folders = [ROOT.replace(/[\\/]$/, ''), os.homedir()].filter((folder) => folder.length > 3);
    const spellings = folders.flatMap((folder) => [folder, folder.replaceAll('\\', '/')]);
    const telling = extension.files.filter(({ bytes }) => spellings.some((folder) => bytes.includes(folder)));
    expect(telling.map(({ path }) => path)).toEqual([]);
    const usual = /["'`(](?:file:\/\/)?(?:\/(?:home|Users|root|tmp|work)\/|[A-Z]:\\\\?Users)/;
    expect(matches(extension.ending('.js', '.css', '.html', '.json'), usual)).toEqual([]);
  });

  it('hold no TypeScript, test or configuration', () => {
    expect(
      extension.files.map(({ path }) => path).filter((path) => /\.tsx?$|test|config|node_modules/.test(path)),
    ).toEqual([]);
  });

  it('stay within their budgets, compressed', () => {
    expect(extension.gzipSize(extension.contentScript('page/hook'))).toBeLessThanOrEqual(6 * KIB);
    expect(extension.gzipSize(extension.contentScript('content/relay'))).toBeLessThanOrEqual(3 * KIB);
    const first = extension.firstScripts('src/panel/panel.html');
    expect(first.length).toBeGreaterThan(0);
    expect(extension.gzipSize(...first)).toBeLessThanOrEqual(60 * KIB);
  });

  it('are few, because each costs the browser time when the panel is opened', () => {
    const first = extension.firstScripts('src/panel/panel.html');
    expect(first.length).toBeLessThanOrEqual(3);
    expect(scripts.length).toBeLessThan(40);
  });

  it('do not come with the panel where the page is another one', () => {
    const pages = extension.ending('.html').map(({ path }) => path);
    const others = pages.filter((page) => page !== 'src/panel/panel.html');
    const sizes = others.map((page) => extension.gzipSize(...extension.firstScripts(page)));
    expect(sizes.filter((size) => size > 6 * KIB)).toEqual([]);
    expect(others).not.toEqual([]);
  });

  it('do not come with the panel where Firefox starts its background, as it does again and again', () => {
    expect(extension.gzipSize(...extension.backgroundScripts())).toBeLessThanOrEqual(8 * KIB);
  });
});

describe('both builds', () => {
  it('have the same content scripts but for what the browsers differ in', () => {
    const [chrome, firefox] = TARGETS.map((target) =>
      new BuiltExtension(target).manifest.content_scripts.flatMap(({ js }) => js),
    );
    expect(chrome).toEqual(['src/content/relay.js', STREAM_HOOK, 'src/page/hook.js']);
    expect(firefox).toEqual(['src/content/relay.js', 'src/page/hook.js', 'src/content/workers.js']);
  });
});

/** Of https://github.com/estree/estree/blob/master/es2022.md, as far as it is asked for. */
interface SyntaxNode {
  readonly type: string;
  readonly key?: SyntaxNode;
  readonly property?: SyntaxNode;
  readonly name?: string;
}

/** All nodes of a script, each with the one that it is part of. */
function* nodesOf(tree: object, above?: SyntaxNode): Generator<{ node: SyntaxNode; above?: SyntaxNode }> {
  const node = 'type' in tree ? (tree as SyntaxNode) : undefined;
  if (node) yield above ? { node, above } : { node };
  for (const child of Object.values(tree)) {
    if (typeof child === 'object' && child !== null) yield* nodesOf(child, node ?? above);
  }
}

/** The members that a script's objects and classes are made with, and those that it reads. Private ones have other names. */
function membersOf(code: string): { readonly made: Set<string>; readonly used: Set<string> } {
  const made = new Set<string>();
  const used = new Set<string>();
  for (const { node, above } of nodesOf(parseAst(code))) {
    const isRead = node.type === 'MemberExpression' || above?.type === 'ObjectPattern';
    const name = node.property ?? node.key;
    if (name?.type === 'Identifier' && name.name) (isRead ? used : made).add(name.name);
  }
  return { made, used };
}

describe('the hook of WebSocketStreams', () => {
  const extension = new BuiltExtension('chrome');

  it('stays within its budget, compressed', () => {
    expect(extension.gzipSize(STREAM_HOOK)).toBeLessThanOrEqual(2.5 * KIB);
  });

  it('calls what is shared by the short names that the hook has for it', () => {
    const hook = membersOf(extension.text('src/page/hook.js'));
    const own = membersOf(extension.text(STREAM_HOOK));
    const isShort = (name: string) => /^(\$\w+|[a-zA-Z])$/.test(name);
    const used = [...own.used].filter(isShort);
    expect(used.length).toBeGreaterThan(10);
    const unknown = used.filter((name) => !hook.made.has(name) && !own.made.has(name));
    expect(unknown).toEqual([]);
  });

  it('is not in the build for Firefox, nor anything of it in the other hook', () => {
    expect(new BuiltExtension('firefox').has(STREAM_HOOK)).toBe(false);
    for (const target of TARGETS) {
      expect(new BuiltExtension(target).text('src/page/hook.js')).not.toMatch(
        /WebSocketStream|ReadableStream/,
      );
    }
  });
});

describe('the hook of workers', () => {
  const extension = new BuiltExtension('firefox');
  const hook = extension.text(WORKER_HOOK_FILE);

  it('is one statement on one line of ASCII, so that no line of a script moves in any encoding', () => {
    expect(hook).toMatch(/^;\(function\(\)\{"use strict";try\{[ -~]+\}catch\{\}\}\)\(\);$/);
    expect(isOneExpression(hook.slice(1))).toBe(true);
  });

  it('can stand in front of a classic script and of a module', () => {
    expect(() => new Script(`${hook}foo()`)).not.toThrow();
    expect(() => new Script(`(async () => {"use strict";${hook}await 0})`)).not.toThrow();
    expect(hook).not.toMatch(/\bexport\b|\bimport\b/);
  });

  it('touches nothing that a worker does not have', () => {
    expect(hook).not.toMatch(/\b(?:document|window)\b/);
  });

  it('has the places for its secrets', () => {
    for (const place of Object.values(WORKER_PLACES)) expect(hook).toContain(place);
  });

  it('stays within its budget, compressed', () => {
    expect(extension.gzipSize(WORKER_HOOK_FILE)).toBeLessThanOrEqual(8 * KIB);
    expect(extension.gzipSize(extension.contentScript('content/workers'))).toBeLessThanOrEqual(3 * KIB);
  });

  it('is a part of the content script of sites alone in the build for Chrome', () => {
    const chrome = new BuiltExtension('chrome');
    expect(chrome.has(WORKER_HOOK_FILE)).toBe(false);
    const having = chrome.ending('.js').filter(({ bytes }) => bytes.includes(WORKER_PLACES.meeting));
    expect(having.map(({ path }) => path)).toEqual(['src/content/site-workers.js']);
  });
});

describe('the scripts of sites whose workers are captured', () => {
  const extension = new BuiltExtension('chrome');
  const [copies, hook] = SITE_SCRIPTS.map(({ file }) => file);

  it('stay within their budgets, compressed', () => {
    expect(extension.gzipSize(hook ?? '')).toBeLessThanOrEqual(2 * KIB);
    expect(extension.gzipSize(copies ?? '')).toBeLessThanOrEqual(10 * KIB);
  });

  it('hold the hook as a text that ends nothing around it, in both kinds of scripts', () => {
    const code = extension.text(copies ?? '');
    const [written = ''] = /(['"`]);\(function(?:\\.|(?!\1).)*\1/s.exec(code) ?? [];
    const text: unknown = new Script(written).runInNewContext();
    expect(text).toMatch(/^;\(function\(\)\{"use strict";try\{[ -~]+\}catch\{\}\}\)\(\);$/);
    expect(() => new Script(`'use strict';${text}foo()`)).not.toThrow();
    for (const place of Object.values(WORKER_PLACES)) expect(text).toContain(place);
  });

  it('are not in the build for Firefox', () => {
    const firefox = new BuiltExtension('firefox');
    for (const { file } of SITE_SCRIPTS) expect(firefox.has(file)).toBe(false);
  });
});

/** Files in which something stands, with what it is. */
function matches(files: readonly { path: string; bytes: Buffer }[], wanted: RegExp): string[] {
  return files.flatMap(({ path, bytes }) => {
    const found = wanted.exec(bytes.toString('utf8'));
    return found ? [`${path}: ${found[0]}`] : [];
  });
}

/** Whether the code is an expression and nothing beside it, as code that declares something is not. */
function isOneExpression(code: string): boolean {
  const expression = code
    .trim()
    .replace(/^["']use strict["'];/, '')
    .replace(/;$/, '');
  try {
    new Script(`(${expression}\n)`);
    return true;
  } catch {
    return false;
  }
}
