import { useEffect, useState } from 'preact/hooks';

/**
 * A module that is loaded when it is first wanted: what few people use is not to slow the start of the panel down.
 * @param load always the same function
 * @returns undefined until it is there
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
