import type { BrowserName } from '../../scripts/devtools/driver.ts';

/**
 * A difference that a page can see and that cannot be taken away; docs/detectable.md tells people of each. Once the patterns
 * are erased from the two outcomes, as JSON text, nothing else may differ.
 */
export interface KnownDifference {
  readonly title: string;
  readonly browsers: readonly BrowserName[];
  readonly reason: string;
  /** Erased from the outcome without Framescope. */
  readonly native?: RegExp;
  /** Erased from the outcome with it. */
  readonly hooked?: RegExp;
}

const BOTH = ['chromium', 'firefox'] as const;
const PROXY = 'The engine knows a Proxy from the function behind it.';
const OWN_FRAMES = 'The functions of the hook stand on the stack between the page and the browser.';
const CONVERSION =
  'The hook has objects made strings by the language, whose errors are worded otherwise than the binding’s.';
const NAMES = 'Firefox words errors with the source text of the caller, and that is the hook.';
/**
 * What stands in those words while the caller runs as compiled code: the kind of object, or its source. When Firefox compiles, and when it
 * throws the code away, differs from run to run, without Framescope as with it.
 */
const COMPILED = String.raw`Object|\(\{[^{}]*\}\)`;

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    title: 'prints functions as native code',
    browsers: BOTH,
    reason: PROXY,
    native: /(?<=function )(WebSocket|send|close)(?=\(\) \{)/g,
  },
  {
    title: 'prints the functions that carry messages',
    browsers: ['chromium'],
    reason: PROXY,
    native: /(?<=function )\w+(?=\(\) \{)/g,
  },
  {
    title: 'has functions without a caller and arguments',
    browsers: ['chromium'],
    reason: PROXY,
    native: /(?<=^\[\[)\{"returned":null\},\{"returned":null\}/,
    hooked: /(?<=^\[\[)\{"threw":[^[\]]*\["message"\]\}\},\{"threw":[^[\]]*\["message"\]\}\}/,
  },
  {
    title: 'has functions without a caller and arguments',
    browsers: ['firefox'],
    reason: PROXY,
    native: /'caller', 'callee', and 'arguments' properties may not be accessed on [^"]*/g,
    hooked: /get (caller|arguments) method called on incompatible Proxy/g,
  },
  {
    title: 'is not transferable and not cloneable',
    browsers: ['firefox'],
    reason: PROXY,
    native: /Function(?= object could not be cloned)/g,
    hooked: /Proxy(?= object could not be cloned)/g,
  },
  {
    title: 'makes a string of whatever its URL is',
    browsers: ['firefox'],
    reason: NAMES,
    native: new RegExp(`(?<=can't convert )(?:value|${COMPILED})(?= to string)`, 'g'),
    hooked: new RegExp(`(?<=can't convert )(?:args\\[0\\]|${COMPILED})(?= to string)`, 'g'),
  },
  {
    title: 'checks its subprotocols',
    browsers: ['firefox'],
    reason: NAMES,
    native: new RegExp(`(?:offer|${COMPILED})(?= is not iterable)`, 'g'),
    hooked: new RegExp(`(?:args\\[1\\]|${COMPILED})(?= is not iterable)`, 'g'),
  },
  {
    title: 'passes on what the conversion throws',
    browsers: ['chromium'],
    reason: CONVERSION,
    native:
      /Failed to execute 'send' on 'WebSocket': ('7' returned for property [^"]*(?= is not a function))?/g,
    // A symbol itself is left to the binding.
    hooked:
      /Failed to execute 'send' on 'WebSocket': (?=Cannot convert a Symbol)|number 7(?= is not a function)/g,
  },
  {
    title: 'passes on what the conversion throws',
    browsers: ['firefox'],
    reason: CONVERSION,
    native: /(?<=can't convert )value(?= to string)/g,
    hooked: /(?<=can't convert )(?!symbol)\w+(?= to string)/g,
  },
  {
    title: 'takes buffers that are detached, resizable, shared or of another realm',
    browsers: ['chromium'],
    reason: CONVERSION,
    native: /Failed to execute 'send' on 'WebSocket': (?=Cannot convert object)/g,
  },
  {
    title: 'takes buffers that are detached, resizable, shared or of another realm',
    browsers: ['firefox'],
    reason: CONVERSION,
    native: /(?<=can't convert )value(?= to string)/g,
    hooked: /(?<=can't convert )\w+(?= to string)/g,
  },
  {
    title: 'the order of globals',
    browsers: ['firefox'],
    reason: 'Firefox lists a global before the others once a script has used it.',
    native: /.+/,
    hooked: /.+/,
  },
  {
    title: 'the whole stack of a conversion',
    browsers: ['chromium'],
    reason: OWN_FRAMES,
    hooked: /"at [^"]*\(extension",/g,
  },
  {
    title: 'the whole stack of a conversion',
    browsers: ['firefox'],
    reason: OWN_FRAMES,
    hooked: /"\w+@<anonymous code>",/g,
  },
  {
    title: 'the whole stack of errors where the page’s own code may have thrown',
    browsers: ['chromium'],
    reason: OWN_FRAMES,
    hooked: /"at [^"]*\(extension",/g,
  },
  {
    title: 'the whole stack of errors where the page’s own code may have thrown',
    browsers: ['firefox'],
    reason: OWN_FRAMES,
    hooked: /"\w+@<anonymous code>",/g,
  },
  {
    title: 'the whole stack of errors that sockets throw',
    browsers: ['firefox'],
    reason: OWN_FRAMES,
    hooked: /"\w+@<anonymous code>",/g,
  },
  {
    title: 'a policy violation that names the page’s script',
    browsers: BOTH,
    reason: OWN_FRAMES,
    native: /http:[^"]*/,
    hooked: /chrome-extension|<anonymous code>/,
  },
  {
    title: 'properties of errors that name a script',
    browsers: ['firefox'],
    reason: OWN_FRAMES,
    native: /http:[^"]*/g,
    hooked: /<anonymous code>/g,
  },
  {
    title: 'errors reported to window with the page’s position',
    browsers: BOTH,
    reason: OWN_FRAMES,
    native: /http:[^"]*/,
    hooked: /chrome-extension:[^"]*|<anonymous code>/,
  },
];
