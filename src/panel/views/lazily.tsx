import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

type Component<Props> = (props: Props) => JSX.Element | null;

/** What loads each component that is not there yet. */
const waiting = new Set<() => Promise<unknown>>();

/**
 * A component whose script does not hold up the panel's first picture: it is loaded when it is first drawn, or by
 * {@link loadViews}. Until it is there nothing is drawn in its place.
 */
export function lazily<Props extends object>(load: () => Promise<Component<Props>>): Component<Props> {
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
  return function Lazy(props: Props): JSX.Element | null {
    const [, setLoaded] = useState(loaded !== undefined);
    useEffect(() => {
      if (loaded) return undefined;
      let isWanted = true;
      void loadOnce().then(() => isWanted && setLoaded(true));
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
  while (waiting.size > 0) await Promise.all([...waiting].map((load) => load()));
}
