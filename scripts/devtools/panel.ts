import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  DOCUMENT_HELPERS,
  describeAll,
  describeOne,
  fillElement,
  focusElement,
  isEdited,
  pointAt,
  prefersTheme,
  showsText,
  visibleText,
} from './document.ts';
import type {
  ClickOptions,
  Modifier,
  Name,
  Panel,
  PanelElement,
  ScreenshotOptions,
  Truthy,
} from './driver.ts';
import { until, WAIT_TIMEOUT, within } from './poll.ts';
import { renewPanel } from './renewal.ts';
import { type EvaluateSource, evaluateIn, type Helper } from './source.ts';

/** A point in the panel's viewport, in CSS pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** One step of the mouse, at a point of the panel's viewport. */
export type MouseStep = Point &
  (
    | { readonly kind: 'move' }
    | { readonly kind: 'wheel'; readonly deltaY: number }
    | {
        readonly kind: 'down' | 'up';
        readonly button: 'left' | 'middle' | 'right';
        readonly count: number;
      }
  );

/** What a browser must be able to do with a panel; all the rest is built on this, once for both browsers. */
export interface PanelPort {
  /** Most milliseconds any one step may take. */
  readonly timeout: number;
  /** Evaluates an expression that gives a promise of text, in the panel's own global. */
  evaluateSource(source: string): Promise<unknown>;
  mouse(steps: readonly MouseStep[], modifiers: readonly Modifier[]): Promise<void>;
  type(text: string): Promise<void>;
  press(key: string, modifiers: readonly Modifier[]): Promise<void>;
  /** A PNG. */
  capture(area: 'panel' | 'devtools'): Promise<Uint8Array>;
  setTheme(theme: 'light' | 'dark'): Promise<void>;
  /** Grows the DevTools window by so many CSS pixels in each direction. */
  grow(width: number, height: number): Promise<void>;
  emulateMedia(features: Readonly<Record<string, string>>): Promise<void>;
  /** Loads another resource of the extension in the place of the panel's page. */
  navigate(url: string): Promise<void>;
  processId(): Promise<number>;
  close(): Promise<void>;
}

/** Evaluates a function until it gives something truthy; the error of a wait in vain shows the document's text. */
export function waitForIn<T>(
  evaluateSource: EvaluateSource,
  fn: Helper,
  args: readonly unknown[],
): Promise<Truthy<T>> {
  return until(
    () => evaluateIn<T>(evaluateSource, fn, args),
    WAIT_TIMEOUT,
    async () => `Waited in vain for ${fn} with ${JSON.stringify(args)}. ${await shownIn(evaluateSource)}`,
  );
}

/** The panel of one DevTools, over what its browser can do. */
export function createPanel(port: PanelPort): Panel {
  const evaluateSource = (source: string) =>
    within(port.timeout, 'evaluate in the panel', port.evaluateSource(source));
  const call = <T>(fn: Helper, ...args: readonly unknown[]) =>
    evaluateIn<T>(evaluateSource, fn, args, DOCUMENT_HELPERS);
  const step = <T>(what: string, work: Promise<T>) => within(port.timeout, `${what} in the panel`, work);
  const shown = () => shownIn(evaluateSource);

  /** Tries in the document until there is no problem any more; `T` is what a success gives. */
  async function ready<T>(what: string, attempt: () => Promise<T | { problem: string }>): Promise<T> {
    let problem = '';
    const done = await until(
      async () => {
        const outcome = await attempt();
        if (!isProblem(outcome)) return { outcome };
        problem = outcome.problem;
        return undefined;
      },
      WAIT_TIMEOUT,
      async () => `Could not ${what}: ${problem}. ${await shown()}`,
    );
    return done.outcome;
  }

  /** Does something in the document that gives a problem, or null once it is done. */
  async function unhindered(what: string, fn: Helper, ...args: readonly unknown[]): Promise<void> {
    await ready(what, async () => {
      const problem = await call<string | null>(fn, ...args);
      return problem === null ? {} : { problem };
    });
  }

  const point = (role: string, name: Name | undefined, nth: number | undefined): Promise<Point> =>
    ready(`point at ${spell(role, name)}`, () => call<Point>(pointAt, role, name ?? null, nth ?? null));

  async function pointer(steps: readonly MouseStep[], modifiers: readonly Modifier[] = []): Promise<void> {
    await step('move the mouse', port.mouse(steps, modifiers));
  }

  /** With keys: editors may take the removal of all they show for a change of focus and undo it. */
  async function empty(role: string, name: Name): Promise<void> {
    await unhindered(`focus ${spell(role, name)}`, focusElement, role, name, null);
    await step('select all', port.press('a', ['Control']));
    await step('delete all', port.press('Delete', []));
  }

  return {
    evaluate: (fn, ...args) => evaluateIn(evaluateSource, fn, args),
    waitFor: (fn, ...args) => waitForIn(evaluateSource, fn, args),
    text: () => call<string>(visibleText),
    async waitForText(text) {
      await until(
        () => call<boolean>(showsText, text),
        WAIT_TIMEOUT,
        async () => `Waited in vain for the text ${JSON.stringify(text)}. ${await shown()}`,
      );
    },
    elements: (role, name) => call<PanelElement[]>(describeAll, role, name ?? null),
    element: (role, name, options) =>
      ready(`find ${spell(role, name)}`, () =>
        call<PanelElement>(describeOne, role, name ?? null, options?.nth ?? null),
      ),
    async click(role, name, options = {}) {
      await pointer(clicks(await point(role, name, options.nth), options), options.modifiers);
    },
    async hover(role, name, options) {
      await pointer([{ kind: 'move', ...(await point(role, name, options?.nth)) }]);
    },
    async drag(role, name, by) {
      await pointer(dragging(await point(role, name, undefined), by));
    },
    async wheel(role, name, deltaY) {
      await pointer([{ kind: 'wheel', deltaY, ...(await point(role, name, undefined)) }]);
    },
    focus: (role, name, options) =>
      unhindered(`focus ${spell(role, name)}`, focusElement, role, name ?? null, options?.nth ?? null),
    async fill(role, name, value) {
      if (value === '' && (await call<boolean>(isEdited, role, name))) return empty(role, name);
      await unhindered(`fill ${spell(role, name)}`, fillElement, role, name, null, value);
    },
    type: (text) => step('type', port.type(text)),
    press: (key, modifiers = []) => step(`press ${key}`, port.press(key, modifiers)),
    async screenshot(file, options: ScreenshotOptions = {}) {
      const png = await step('take a screenshot', port.capture(options.area ?? 'panel'));
      await mkdir(path.dirname(path.resolve(file)), { recursive: true });
      await writeFile(file, png);
    },
    async setTheme(theme) {
      await step('set the theme', port.setTheme(theme));
      await until(
        () => call<boolean>(prefersTheme, theme),
        WAIT_TIMEOUT,
        () => `The panel does not change to the ${theme} theme`,
      );
    },
    async resize(width, height) {
      const size = () => call<[number, number]>(() => [innerWidth, innerHeight]);
      let still = { size: '', looks: 0, needed: 2 };
      await until(
        async () => {
          const [wide, high] = await size();
          if (wide === width && high === height) return true;
          // A window that has only just come is still taking its size: only one that stands still tells what is missing.
          const now = `${wide},${high}`;
          still = { ...still, size: now, looks: now === still.size ? still.looks + 1 : 1 };
          if (still.looks < still.needed) return false;
          await step('resize', port.grow(width - wide, height - high));
          still = { size: '', looks: 0, needed: 20 };
          return false;
        },
        WAIT_TIMEOUT,
        async () => `The panel does not become ${width} × ${height}; it is ${(await size()).join(' × ')}`,
      );
    },
    emulateMedia: (features) => step('emulate media', port.emulateMedia(features)),
    processId: () => step('find the process', port.processId()),
    renew: () => within(2 * port.timeout, 'renew the panel', renewPanel(evaluateSource, port.navigate)),
    close: () => step('close DevTools', port.close()),
  };
}

function clicks(at: Point, { button = 'left', count = 1 }: ClickOptions): MouseStep[] {
  const presses = Array.from({ length: count }, (_, index): MouseStep[] => [
    { kind: 'down', button, count: index + 1, ...at },
    { kind: 'up', button, count: index + 1, ...at },
  ]);
  return [{ kind: 'move', ...at }, ...presses.flat()];
}

function dragging(from: Point, by: Point): MouseStep[] {
  const to = { x: from.x + by.x, y: from.y + by.y };
  const half = { x: from.x + by.x / 2, y: from.y + by.y / 2 };
  return [
    { kind: 'move', ...from },
    { kind: 'down', button: 'left', count: 1, ...from },
    { kind: 'move', ...half },
    { kind: 'move', ...to },
    { kind: 'up', button: 'left', count: 1, ...to },
  ];
}

function isProblem(outcome: unknown): outcome is { problem: string } {
  return typeof outcome === 'object' && outcome !== null && 'problem' in outcome;
}

function spell(role: string, name: Name | undefined): string {
  if (name === undefined) return `the ${role}`;
  return typeof name === 'string'
    ? `the ${role} "${name}"`
    : `the ${role} with "${name.contains}" in its name`;
}

async function shownIn(evaluateSource: EvaluateSource): Promise<string> {
  const text = await evaluateIn<string>(evaluateSource, visibleText, []).catch(String);
  return `The document shows:\n${text.length > 4_000 ? `${text.slice(0, 4_000)} …` : text}\n`;
}
