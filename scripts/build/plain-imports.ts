import type { Plugin } from 'vite';

/**
 * Lets scripts that are loaded later come by `import()` alone. Vite puts a helper of its own before each of them, which fetches what they
 * import ahead of time: scripts of an extension come from the disk, and the one style sheet stands in its page.
 */
export function plainImports(): Plugin {
  return {
    name: 'plain-imports',
    enforce: 'pre',
    load: (id) =>
      id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load();' : undefined,
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { chunk }) =>
        (chunk?.imports ?? []).map((script) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', href: `/${script}` },
          injectTo: 'head',
        })),
    },
  };
}
