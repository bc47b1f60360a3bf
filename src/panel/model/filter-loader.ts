type Engine = typeof import('./filter-engine.ts');

let engine: Engine | undefined;
let loading: Promise<Engine> | undefined;

/** Loads what filters are read and run with: after the first picture, or when it is first needed. */
export function loadFilterEngine(): Promise<Engine> {
  loading ??= import('./filter-engine.ts').then((loaded) => {
    engine = loaded;
    return loaded;
  });
  return loading;
}

/** Undefined until it is loaded. */
export function filterEngine(): Engine | undefined {
  return engine;
}
