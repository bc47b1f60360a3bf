import { StyleModule } from 'style-mod';

/**
 * Lets the editor's styles past the extension's policy. It forbids style elements, which the library would write; sheets that
 * script makes are a part of the script. Those of later modules win over those of earlier ones.
 */
export function adoptEditorStyles(): void {
  const sheets = new Map<StyleModule, CSSStyleSheet>();
  StyleModule.mount = (root, modules) => {
    const wanted = modules instanceof StyleModule ? [modules] : modules;
    const before = root.adoptedStyleSheets;
    for (const module of wanted) if (!sheets.has(module)) sheets.set(module, sheetOf(module));
    const ordered = wanted.flatMap((module) => sheets.get(module) ?? []);
    if (ordered.every((sheet) => before.includes(sheet))) return;
    root.adoptedStyleSheets = [...before.filter((sheet) => !ordered.includes(sheet)), ...ordered];
  };
}

function sheetOf(module: StyleModule): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(module.getRules());
  return sheet;
}
