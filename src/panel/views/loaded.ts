import { useEffect, useState } from 'preact/hooks';

/**
 * A module that is loaded on first use, so that rarely used parts do not slow down the start of the panel.
 * @param load always the same function
 * @returns undefined until it is loaded
 */
export function useLoaded<Module>(isWanted: boolean, load: () => Promise<Module>): Module | undefined {
  const [module, setModule] = useState<Module>();
  useEffect(() => {
    if (!isWanted || module !== undefined) return;
    let isOver = false;
    void load().then((loaded) => {
      if (!isOver) setModule(() => loaded);
    });
    return () => {
      isOver = true;
    };
  }, [isWanted, module, load]);
  return module;
}
