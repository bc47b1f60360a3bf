import type { JsonNodeId } from '../../../../decoders/json/document.ts';
import type { TreeState } from './tree-state.ts';

/** What is below one open value: its direct lines, and what is below those of them that are open. */
export interface Span {
  /** The document that the direct lines belong to: a string can contain another JSON document. */
  readonly tree: TreeState;
  readonly depth: number;
  /** Before the keys of its lines. */
  readonly prefix: string;
  readonly content: /** Not even the beginning of a document could be read. */
    | { readonly type: 'nothing' }
    | { readonly type: 'children'; readonly of: JsonNodeId }
    /** The whole of a document, as one line. */
    | { readonly type: 'root'; readonly root: JsonNodeId }
    /** The text of a string. */
    | { readonly type: 'lines'; readonly of: JsonNodeId; readonly lines: readonly string[] };
  /** Number of lines below it, including those of open values. */
  readonly count: number;
  /** Those of its direct lines that are open, in order. */
  readonly opened: readonly Opened[];
}

/** One direct line that is open. */
export interface Opened {
  readonly node: JsonNodeId;
  /** Place among the direct lines, from 0. */
  readonly index: number;
  /** Lines from the first one of the span to this one. */
  readonly offset: number;
  readonly span: Span;
}

/**
 * The lines of a document as spans. Only open values are examined: of a list with a million closed elements, only their number
 * is known until some of them come into view. Without recursion over levels: a document may be a million levels deep.
 */
export function spanOfTree(tree: TreeState, depth = 0, prefix = ''): Span {
  const { root } = tree.document;
  if (root === undefined) return { tree, depth, prefix, content: { type: 'nothing' }, count: 0, opened: [] };
  const below = new Map<JsonNodeId, Span>();
  const children = new Map<JsonNodeId, JsonNodeId[]>();
  const depths = visibleDepths(tree);
  for (const node of depths.keys()) {
    const parent = tree.document.parent(node);
    if (parent === undefined) continue;
    const siblings = children.get(parent);
    if (siblings) siblings.push(node);
    else children.set(parent, [node]);
  }
  // From the end, so that the contents of a value are known before the value itself.
  for (const [node, level] of [...depths].reverse()) {
    below.set(node, spanBelow(tree, node, depth + level + 1, prefix, children.get(node) ?? [], below));
  }
  const opened = openedAmong([[root, 0]], below);
  return { tree, depth, prefix, content: { type: 'root', root }, count: 1 + linesIn(opened), opened };
}

/** How deep lies what is open and stands in nothing that is closed, in the order of the document. */
function visibleDepths(tree: TreeState): Map<JsonNodeId, number> {
  const depths = new Map<JsonNodeId, number>();
  for (const node of tree.openNodes()) {
    const parent = tree.document.parent(node);
    const depth = parent === undefined ? 0 : depths.get(parent);
    if (depth !== undefined && tree.canOpen(node)) depths.set(node, parent === undefined ? 0 : depth + 1);
  }
  return depths;
}

function spanBelow(
  tree: TreeState,
  node: JsonNodeId,
  depth: number,
  prefix: string,
  openChildren: readonly JsonNodeId[],
  below: ReadonlyMap<JsonNodeId, Span>,
): Span {
  const within = tree.within(node);
  if (within?.type === 'json') return spanOfTree(within.tree, depth, `${prefix}${node}/`);
  if (within?.type === 'lines') {
    const { lines } = within;
    return {
      tree,
      depth,
      prefix,
      content: { type: 'lines', of: node, lines },
      count: lines.length,
      opened: [],
    };
  }
  const opened = openedAmong(placesOf(tree, node, openChildren), below);
  const count = tree.document.childCount(node) + linesIn(opened);
  return { tree, depth, prefix, content: { type: 'children', of: node }, count, opened };
}

/** Finds the places of some children among all, in one walk. */
function placesOf(tree: TreeState, node: JsonNodeId, wanted: readonly JsonNodeId[]): [JsonNodeId, number][] {
  const places: [JsonNodeId, number][] = [];
  if (wanted.length === 0) return places;
  let index = 0;
  for (const child of tree.document.children(node)) {
    if (child === wanted[places.length]) places.push([child, index]);
    if (places.length === wanted.length) break;
    index++;
  }
  return places;
}

function openedAmong(
  places: readonly (readonly [JsonNodeId, number])[],
  below: ReadonlyMap<JsonNodeId, Span>,
): Opened[] {
  const opened: Opened[] = [];
  let lines = 0;
  for (const [node, index] of places) {
    const span = below.get(node);
    if (!span) continue;
    opened.push({ node, index, offset: index + lines, span });
    lines += span.count;
  }
  return opened;
}

function linesIn(opened: readonly Opened[]): number {
  let lines = 0;
  for (const { span } of opened) lines += span.count;
  return lines;
}
