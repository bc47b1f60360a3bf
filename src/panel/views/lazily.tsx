import type { JSX } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

type Component<Props> = (props: Props) => JSX.Element | null;

/** What loads each part that is not there yet. */
const waiting = new Set<() => Promise<unknown>>();
let endFirst = () => {};
/** Until {@link loadViews}, nothing that can wait is loaded. */
const isTimeForAll = new Promise<void>((resolve) => {
  endFirst = resolve;
});

/** A part of the panel whose script is not among the first ones. */
export interface Later<Part> {
  /** Undefined until it is loaded. */
  readonly part: Part | undefined;
  readonly isLoading: boolean;
  /** Loads it, once. */
  load(): Promise<Part>;
}

/** A part that is loaded when it is first asked for, or by {@link loadViews}. */
export function later<Part>(load: () => Promise<Part>): Later<Part> {
  let part: Part | undefined;
  let loading: Promise<Part> | undefined;
  const loadOnce = () => {
    loading ??= load().then((loaded) => {
      part = loaded;
      waiting.delete(loadOnce);
      return loaded;
    });
    return loading;
  };
  waiting.add(loadOnce);
  return {
    get part() {
      return part;
    },
    get isLoading() {
      return loading !== undefined;
    },
    load: loadOnce,
  };
}

/**
 * A component whose script does not delay the panel's first paint: it is loaded when it is first drawn, or by
 * {@link loadViews}. Until it is loaded, nothing is drawn in its place.
 * @param options.isFirst it is loaded at once, because the first rows need it; all others wait for {@link loadViews}
 */
export function lazily<Props extends object>(
  load: () => Promise<Component<Props>>,
  { isFirst = false } = {},
): Component<Props> {
  const component = later(load);
  if (isFirst) void component.load();
  return function Lazy(props: Props): JSX.Element | null {
    const [, setLoaded] = useState(component.part !== undefined);
    useLayoutEffect(() => {
      if (component.part) return undefined;
      let isWanted = true;
      const isTime = component.isLoading ? component.load() : isTimeForAll.then(component.load);
      void isTime.then(() => isWanted && setLoaded(true));
      return () => {
        isWanted = false;
      };
    }, []);
    const Loaded = component.part;
    return Loaded ? <Loaded {...props} /> : null;
  };
}

/** Loads all such parts, and those that these have. */
export async function loadViews(): Promise<void> {
  endFirst();
  while (waiting.size > 0) await Promise.all([...waiting].map((load) => load()));
}
