import {
  type JsonDocument,
  type JsonNodeId,
  looksLikeJson,
  parseJson,
} from '../../../../decoders/json/document.ts';

/** Documents with at most this many values open with their first levels unfolded. */
const SMALL = 400;
/** About a screenful of lines: up to this number, further levels are unfolded too. */
const SCREENFUL = 32;
/** Longest string, in UTF-16 units, that is checked for JSON; a longer one is shown as a string. */
const MOST_NESTED = 1024 * 1024;
/** UTF-16 units from which a string is folded into one line that can be opened. */
const LONG = 160;
/** Most nodes that are opened at once. */
const MOST_OPENED = 10_000;

/** What opening a string shows: the JSON in it, or its lines. */
export type Within =
  | { readonly type: 'json'; readonly tree: TreeState }
  | { readonly type: 'lines'; readonly lines: readonly string[] };

/** Which values of a JSON document are open, and the contents of its strings. */
export class TreeState {
  private readonly open = new Set<JsonNodeId>();
  private readonly strings = new Map<JsonNodeId, Within | undefined>();

  /** @param place of the document: `$`, or the expression that reads it from a string of another document */
  constructor(
    readonly document: JsonDocument,
    private readonly place = '$',
  ) {
    const { root } = document;
    if (root === undefined) return;
    this.open.add(root);
    if (document.nodeCount <= SMALL) this.unfold(root);
  }

  /** Opens a value, and as many whole levels below it as fit on a screen. */
  private unfold(root: JsonNodeId): void {
    const { document } = this;
    let level = this.containersIn([root]);
    let lines = 1 + document.childCount(root);
    for (let isFirst = true; level.length > 0; isFirst = false) {
      for (const node of level) lines += document.childCount(node);
      if (!isFirst && lines > SCREENFUL) return;
      for (const node of level) this.open.add(node);
      level = this.containersIn(level);
    }
  }

  private containersIn(nodes: readonly JsonNodeId[]): JsonNodeId[] {
    const { document } = this;
    return nodes
      .flatMap((node) => [...document.children(node)])
      .filter((child) => document.childCount(child) > 0);
  }

  /** Path of a value from the outermost document on. JSON in a string is another document, which filters do not look into. */
  pathOf(node: JsonNodeId): string {
    return this.place + this.document.path(node).slice('$'.length);
  }

  isOpen(node: JsonNodeId): boolean {
    return this.open.has(node);
  }

  /** All open values, in the order of the document. */
  openNodes(): JsonNodeId[] {
    return [...this.open].sort((a, b) => a - b);
  }

  setOpen(node: JsonNodeId, isOpen: boolean): void {
    if (isOpen) this.open.add(node);
    else this.open.delete(node);
  }

  /** True for values with something that can be shown below them. */
  canOpen(node: JsonNodeId): boolean {
    return this.document.childCount(node) > 0 || this.within(node) !== undefined;
  }

  /** The contents of a string; undefined for other values and for strings that are shown whole. */
  within(node: JsonNodeId): Within | undefined {
    if (this.document.kind(node) !== 'string') return undefined;
    if (!this.strings.has(node)) this.strings.set(node, this.lookInto(node));
    return this.strings.get(node);
  }

  /** Opens everything down to a level, the outermost value being level 0, and closes everything deeper. */
  openTo(level: number): void {
    this.open.clear();
    const { document } = this;
    let nodes = document.root === undefined ? [] : [document.root];
    for (let depth = 0; depth < level && nodes.length > 0 && this.open.size < MOST_OPENED; depth++) {
      const next: JsonNodeId[] = [];
      for (const node of nodes) {
        if (document.childCount(node) === 0) continue;
        this.open.add(node);
        for (const child of document.children(node, 0, MOST_OPENED - next.length)) next.push(child);
      }
      nodes = next;
    }
  }

  /** Opens everything around a value. */
  reveal(node: JsonNodeId): void {
    const { document } = this;
    for (let up = document.parent(node); up !== undefined; up = document.parent(up)) this.open.add(up);
  }

  private lookInto(node: JsonNodeId): Within | undefined {
    const length = this.document.end(node) - this.document.start(node);
    const text = length <= MOST_NESTED ? this.document.stringValue(node) : undefined;
    if (text !== undefined && looksLikeJson(text)) {
      const nested = parseJson(text);
      if (nested.ok) return { type: 'json', tree: new TreeState(nested, this.pathOf(node)) };
    }
    if (text === undefined || (length <= LONG && !text.includes('\n'))) return undefined;
    return { type: 'lines', lines: linesOf(text) };
  }
}

/** The lines of a text; long lines are split into parts that fit into a row. */
function linesOf(text: string): string[] {
  return text.split('\n').flatMap((line) => line.match(PART) ?? ['']);
}

const PART = new RegExp(`[^]{1,${LONG}}`, 'gu');
