import type { JSX } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

type Component<Props> = (props: Props) => JSX.Element | null;

/** What loads each component that is not there yet. */
const waiting = new Set<() => Promise<unknown>>();
let endFirst = () => {};
/** Until {@link loadViews} nothing is loaded that can wait. */
const isTimeForAll = new Promise<void>((resolve) => {
  endFirst = resolve;
});

/**
 * A component whose script does not hold up the panel's first picture: it is loaded when it is first drawn, or by
 * {@link loadViews}. Until it is there nothing is drawn in its place.
 * @param options.isFirst it is loaded at once, because the first rows need it; all others wait for {@link loadViews}
 */
export function lazily<Props extends object>(
  load: () => Promise<Component<Props>>,
  { isFirst = false } = {},
): Component<Props> {
  let loaded: Component<Props> | undefined;
  let loading: Promise<void> | undefined;
  const loadOnce = () => {
    loading ??= load().then((component) => {
      loaded = component;
      waiting.delete(loadOnce);
    });
    return loading;
  };
  waiting.add(loadOnce);
  if (isFirst) void loadOnce();
  return function Lazy(props: Props): JSX.Element | null {
    const [, setLoaded] = useState(loaded !== undefined);
    useLayoutEffect(() => {
      if (loaded) return undefined;
      let isWanted = true;
      const isTime = loading ?? isTimeForAll.then(loadOnce);
      void isTime.then(() => isWanted && setLoaded(true));
      return () => {
        isWanted = false;
      };
    }, []);
    const Loaded = loaded;
    return Loaded ? <Loaded {...props} /> : null;
  };
}

/** Loads all such components, and those that these have. */
export async function loadViews(): Promise<void> {
  endFirst();
  while (waiting.size > 0) await Promise.all([...waiting].map((load) => load()));
}
