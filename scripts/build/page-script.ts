import { build, type Plugin } from 'vite';
import { FrameFlag, FrameKind } from '../../src/protocol/frames.ts';
import { ReadyState } from '../../src/protocol/sockets.ts';

const CONSTANTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  FrameFlag,
  FrameKind,
  ReadyState,
};

/** Writes `0` for `FrameKind.sentText`: minifiers leave the properties of objects alone, and each byte is loaded by every page. */
export function inlineConstants(code: string): string {
  return code.replace(
    /\b(FrameFlag|FrameKind|ReadyState)\.(\w+)/g,
    (whole, object: string, key: string) => CONSTANTS[object]?.[key]?.toString() ?? whole,
  );
}

/**
 * Members that only `src/page` knows, which minifiers leave alone as well. None of them may be a word of `src/protocol`, of the
 * language or of the platform. Those that stand most often in the hook come first.
 */
export const OWN_NAMES = [
  'later',
  'record',
  'inline',
  'held',
  'outbox',
  'first',
  'heaviest',
  'contentMessage',
  'oldest',
  'recordChanged',
  'taps',
  'told',
  'refresh',
  'wireSize',
  'changed',
  'happened',
  'isClosed',
  'lighten',
  'tap',
  'clear',
  'describe',
  'flow',
  'largest',
  'watch',
  'acknowledge',
  'closes',
  'created',
  'entry',
  'isKept',
  'leave',
  'push',
  'act',
  'blank',
  'copied',
  'following',
  'add',
  'time',
  'reply',
  'shift',
  'tapOf',
  'withId',
  'blobSize',
  'constructing',
  'contentOf',
  'leaveStack',
  'look',
  'makeWeakMap',
  'observer',
  'replaceConstructor',
  'tryRead',
  'weakly',
  'args',
  'asked',
  'captured',
  'counted',
  'endOf',
  'ends',
  'follow',
  'fork',
  'hold',
  'holder',
  'isLockKnown',
  'isSplit',
  'isWritable',
  'passes',
  'reads',
  'receiver',
  'settle',
  'taken',
  'writableOf',
] as const;

/** In about the order in which the minifier gives them to local names: what is frequent already compresses best. */
const LETTERS = 'etnriaoscludfphmgvybxCSwTEDkAjMNPFIRzVGHUWLBKqQXYZJO';

/** As many names as there are in {@link OWN_NAMES}, and more, can have one of these each: a letter as long as there are letters left. */
function shortName(index: number): string {
  return LETTERS[index] ?? `$${LETTERS[index - LETTERS.length] ?? index}`;
}

/** Writes `e` for the first of {@link OWN_NAMES} wherever it stands as a word, and so on. */
export function shortenNames(code: string): string {
  const short = new Map(OWN_NAMES.map((name, index) => [name, shortName(index)] as const));
  const words = new RegExp(`from '[^']*'|(?<![\\w$])(?:${OWN_NAMES.join('|')})(?![\\w$])`, 'g');
  return code.replace(words, (word) => short.get(word as never) ?? word);
}

const small: Plugin = {
  name: 'small',
  enforce: 'pre',
  transform: (code, id) => (id.includes('/src/page/') ? shortenNames(inlineConstants(code)) : undefined),
};

/**
 * A script that stands alone, one of `src/page` for instance, as a single function that is called at once.
 * @param texts (and truths) stand in the places of the names that they have here
 */
export async function buildPageScript(
  entry: string,
  target: string,
  texts: Readonly<Record<string, string | boolean>> = {},
): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    plugins: [small],
    define: Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, JSON.stringify(text)])),
    build: {
      write: false,
      target,
      modulePreload: false,
      lib: { entry, formats: ['iife'], name: 'hook' },
      // Built-ins that a script saves and does not use are left out of it: to read them does nothing.
      rolldownOptions: { treeshake: { propertyReadSideEffects: false, unknownGlobalSideEffects: false } },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const chunk = output && 'output' in output ? output.output[0] : undefined;
  if (!chunk) throw new Error(`${entry} was not built`);
  return chunk.code;
}

/** Puts what {@link buildPageScript} makes in the place of the scripts that run in every page, which were built like any content script. */
export function smallHook(target: string): Plugin {
  return {
    name: 'small-hook',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      async handler(_, bundle) {
        const files = Object.values(bundle).filter(({ fileName }) =>
          /^src\/(page\/(stream-)?hook|content\/relay)\.js$/.test(fileName),
        );
        for (const file of files) {
          const code = await buildPageScript(file.fileName.replace(/\.js$/, '.ts'), target, {
            FOR_FIREFOX: target.startsWith('firefox'),
          });
          if (file.type === 'chunk') file.code = code;
          else file.source = code;
        }
      },
    },
  };
}
