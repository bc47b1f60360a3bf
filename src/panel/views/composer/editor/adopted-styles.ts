import { StyleModule } from 'style-mod';

/**
 * Gets the editor's styles past the extension's content security policy, which forbids the style elements that the library would create. Sheets that
 * are created by script count as part of the script. Those of later modules take precedence.
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
