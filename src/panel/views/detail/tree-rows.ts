import type { JsonNodeId } from '../../../decoders/json.ts';
import type { TreeState } from './tree-state.ts';

/** One visible line of a JSON tree: a value, or a part of a long text that stands in one. */
export interface TreeRow {
  /** Unlike that of any other row. */
  readonly key: string;
  /** The document that the value belongs to: JSON can stand in a string of other JSON. */
  readonly tree: TreeState;
  readonly node: JsonNodeId;
  readonly depth: number;
  /** Place among its siblings, from 0. */
  readonly index: number;
  readonly isContainer: boolean;
  readonly isOpen: boolean;
  /** A line of the text that stands in the value. */
  readonly line?: string;
}

/** Lines of a tree that are listed at most; what is beyond stands in the raw view. */
export const MAX_TREE_ROWS = 200_000;

interface Level {
  readonly rows: Iterator<TreeRow, unknown, undefined>;
}

/**
 * The lines that are visible, in order. Without recursion: a document may be a million levels deep.
 */
export function treeRows(tree: TreeState): TreeRow[] {
  const rows: TreeRow[] = [];
  const levels: Level[] = [{ rows: rootOf(tree, 0, '') }];
  for (let level = levels.at(-1); level && rows.length < MAX_TREE_ROWS; level = levels.at(-1)) {
    const { value: row, done } = level.rows.next();
    if (done || !isRow(row)) {
      levels.pop();
      continue;
    }
    rows.push(row);
    if (row.isOpen) levels.push({ rows: rowsWithin(row) });
  }
  return rows;
}

function isRow(value: unknown): value is TreeRow {
  return value !== undefined;
}

function* rootOf(tree: TreeState, depth: number, prefix: string): Generator<TreeRow, void, undefined> {
  const { root } = tree.document;
  if (root !== undefined) yield rowOf(tree, root, depth, 0, prefix);
}

/** The lines one level below a row. */
function* rowsWithin(row: TreeRow): Generator<TreeRow, void, undefined> {
  const { tree, node, depth, key } = row;
  const within = tree.within(node);
  switch (within?.type) {
    case 'json':
      yield* rootOf(within.tree, depth + 1, `${key}/`);
      break;
    case 'lines':
      for (const [index, line] of within.lines.entries()) {
        yield {
          ...row,
          key: `${key}#${index}`,
          depth: depth + 1,
          index,
          isContainer: false,
          isOpen: false,
          line,
        };
      }
      break;
    case undefined: {
      let index = 0;
      const prefix = key.slice(0, key.lastIndexOf('/') + 1);
      for (const child of tree.document.children(node)) yield rowOf(tree, child, depth + 1, index++, prefix);
    }
  }
}

function rowOf(tree: TreeState, node: JsonNodeId, depth: number, index: number, prefix: string): TreeRow {
  return {
    key: `${prefix}${node}`,
    tree,
    node,
    depth,
    index,
    // Only when asked for: looking into strings takes a while, and few of many rows are in sight.
    get isContainer() {
      return tree.canOpen(node);
    },
    isOpen: tree.isOpen(node) && tree.canOpen(node),
  };
}
