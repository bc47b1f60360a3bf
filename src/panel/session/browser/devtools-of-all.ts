import browser from 'webextension-polyfill';

/** What the browsers' `devtools` have that the polyfill does not know, or knows in another form. */
export interface DevtoolsOfAll {
  readonly panels: {
    /** Firefox. */
    readonly onThemeChanged?: { addListener(listener: (name: string) => void): void };
    /** Chrome. */
    readonly setThemeChangeHandler?: (listener: (name: string) => void) => void;
    /** Chrome; lines and columns from 0. */
    openResource?(url: string, line: number, column: number, done: () => void): void;
  };
  readonly inspectedWindow: {
    /** Firefox: what came of it, and what went wrong. It takes no callback. */
    eval(expression: string): Promise<readonly unknown[]>;
    /** Chrome. */
    eval(expression: string, callback: (result: unknown, problem: unknown) => void): void;
    /** Chrome; documents of frames are among them. */
    getResources?(
      callback: (resources: readonly { readonly url: string; readonly type?: string }[]) => void,
    ): void;
    /** Chrome. */
    readonly onResourceAdded?: {
      addListener(listener: (resource: { readonly url: string; readonly type?: string }) => void): void;
    };
  };
  readonly network: {
    /** Chrome calls back, Firefox makes a promise of it. */
    getHAR(callback: (log: unknown) => void): Promise<unknown> | undefined;
  };
}

/** The `devtools` of this page, with what only one browser has. */
export function devtoolsOfAll(): DevtoolsOfAll {
  const devtools: unknown = browser.devtools;
  return devtools as DevtoolsOfAll;
}
