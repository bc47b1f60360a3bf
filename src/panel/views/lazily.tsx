import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

type Component<Props> = (props: Props) => JSX.Element | null;

/**
 * A component whose script is loaded when it is first drawn: what few people need must not hold up the panel's first picture.
 * Until it is there nothing is drawn in its place.
 */
export function lazily<Props extends object>(load: () => Promise<Component<Props>>): Component<Props> {
  let loaded: Component<Props> | undefined;
  return function Lazy(props: Props): JSX.Element | null {
    const [, setLoaded] = useState(loaded !== undefined);
    useEffect(() => {
      if (loaded) return undefined;
      let isWanted = true;
      void load().then((component) => {
        loaded = component;
        if (isWanted) setLoaded(true);
      });
      return () => {
        isWanted = false;
      };
    }, []);
    const Loaded = loaded;
    return Loaded ? <Loaded {...props} /> : null;
  };
}
