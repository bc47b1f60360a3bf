import type { JsonNodeId } from '../../../../decoders/json/document.ts';
import { type Opened, type Span, spanOfTree } from './tree-span.ts';
import type { TreeState } from './tree-state.ts';

/** One visible line of a JSON tree: a value, or a part of a long text in one. */
export interface TreeRow {
  /** Unique among the rows. */
  readonly key: string;
  /** The document that the value belongs to: a string can contain another JSON document. */
  readonly tree: TreeState;
  readonly node: JsonNodeId;
  readonly depth: number;
  /** Index among its siblings, from 0. */
  readonly index: number;
  /** Number of siblings, including itself. */
  readonly siblings: number;
  /** Index of the parent's line in the list; −1 for the outermost value. */
  readonly around: number;
  readonly isContainer: boolean;
  readonly isOpen: boolean;
  /** A line of the text in the value. */
  readonly line?: string;
}

/** A place in a span on the way to a line. */
interface Level {
  readonly span: Span;
  /** Place in the list of the line above the span's first one. */
  readonly around: number;
  /** Place of the next direct line, and how many open ones lie before it. */
  index: number;
  next: number;
  /** The value of the next direct line; undefined until it has been looked up. */
  child: JsonNodeId | undefined;
}

/** The visible lines of a tree. They are computed on demand: a million lines cost nothing until they come into view. */
export class TreeRows {
  private readonly span: Span;

  constructor(private readonly tree: TreeState) {
    this.span = spanOfTree(tree);
  }

  get length(): number {
    return this.span.count;
  }

  at(index: number): TreeRow | undefined {
    return this.slice(index, index + 1)[0];
  }

  /** The lines from one place up to another. */
  slice(from: number, to: number): TreeRow[] {
    const rows: TreeRow[] = [];
    const end = Math.min(to, this.length);
    if (from < 0 || from >= end) return rows;
    const levels = this.wayTo(from);
    for (let level = levels.at(-1); level && rows.length < end - from; level = levels.at(-1)) {
      if (level.index >= directLines(level.span)) {
        levels.pop();
        continue;
      }
      const { span, next } = level;
      const opened = span.opened[next];
      const isOpen = opened?.index === level.index;
      rows.push(rowAt(level, isOpen));
      const place = from + rows.length - 1;
      advance(level);
      if (isOpen) {
        level.next++;
        levels.push({ span: opened.span, around: place, index: 0, next: 0, child: undefined });
      }
    }
    return rows;
  }

  /** The line of a value of the outermost document; undefined if it is not visible. */
  placeOf(node: JsonNodeId): number | undefined {
    const { document } = this.tree;
    const way: JsonNodeId[] = [];
    for (let up: JsonNodeId | undefined = node; up !== undefined; up = document.parent(up)) way.push(up);
    let span: Span | undefined = this.span;
    let place = -1;
    for (const step of way.reverse()) {
      if (!span) return undefined;
      const index = document.indexInParent(step);
      const at = openedBefore(span.opened, index, ({ index }) => index);
      const before = span.opened[at - 1];
      const opened: Opened | undefined = span.opened[at];
      place += 1 + (before ? before.offset + before.span.count + index - before.index : index);
      span = opened?.index === index ? opened.span : undefined;
    }
    return place;
  }

  /** The levels down to a line, the innermost last. */
  private wayTo(place: number): Level[] {
    const levels: Level[] = [];
    let span: Span | undefined = this.span;
    let around = -1;
    let left = place;
    while (span) {
      const { opened }: Span = span;
      const next = openedBefore(opened, left, ({ offset }) => offset);
      const before: Opened | undefined = opened[next - 1];
      const isWithin = before !== undefined && left <= before.offset + before.span.count;
      const index = before
        ? isWithin
          ? before.index + 1
          : before.index + left - before.offset - before.span.count
        : left;
      levels.push({ span, around, index, next, child: undefined });
      if (!before || !isWithin) break;
      around += 1 + before.offset;
      left -= before.offset + 1;
      span = before.span;
    }
    return levels;
  }
}

/** How many open lines lie before a number. */
function openedBefore(opened: readonly Opened[], number: number, of: (opened: Opened) => number): number {
  let low = 0;
  let high = opened.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const candidate = opened[middle];
    if (candidate && of(candidate) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many direct lines a span has. */
function directLines({ content, tree }: Span): number {
  switch (content.type) {
    case 'nothing':
      return 0;
    case 'root':
      return 1;
    case 'lines':
      return content.lines.length;
    case 'children':
      return tree.document.childCount(content.of);
  }
}

function advance(level: Level): void {
  level.index++;
  const { content, tree } = level.span;
  if (content.type === 'children' && level.child !== undefined) {
    level.child = tree.document.nextSibling(level.child);
  }
}

function rowAt(level: Level, isOpen: boolean): TreeRow {
  const { span, index, around } = level;
  const { tree, depth, prefix, content } = span;
  if (content.type === 'lines') {
    const line = content.lines[index] ?? '';
    const key = `${prefix}${content.of}#${index}`;
    const siblings = content.lines.length;
    return {
      key,
      tree,
      node: content.of,
      depth,
      index,
      siblings,
      around,
      isContainer: false,
      isOpen: false,
      line,
    };
  }
  level.child ??= firstChild(level);
  const node = level.child;
  if (node === undefined) throw new RangeError(`there is no line ${index}`);
  return {
    key: `${prefix}${node}`,
    tree,
    node,
    depth,
    index,
    siblings: directLines(span),
    around,
    // On demand only: examining strings takes time, and few of many rows are in view.
    get isContainer() {
      return tree.canOpen(node);
    },
    isOpen,
  };
}

function firstChild({ span: { content, tree }, index }: Level): JsonNodeId | undefined {
  switch (content.type) {
    case 'root':
      return content.root;
    case 'children':
      return tree.document.child(content.of, index);
    case 'lines':
    case 'nothing':
      return undefined;
  }
}
