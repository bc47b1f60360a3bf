type Engine = typeof import('./filter-engine.ts');

let engine: Engine | undefined;
let loading: Promise<Engine> | undefined;

/** Loads the code that parses and runs filters: after the first paint, or when it is first needed. */
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
