import type { JsonError } from './error.ts';
import { type JsonScan, scanJson } from './scan.ts';
import { FIELD, type JsonTable, NONE, readCell } from './table.ts';

export { describeJsonError, type JsonError, type JsonExpected } from './error.ts';
export { type JsonScan, scanJson } from './scan.ts';

declare const nodeBrand: unique symbol;

/** Names one value of one document; only that document can read it. Nodes count up from 0 in document order. */
export type JsonNodeId = number & { readonly [nodeBrand]: true };

/** The kinds of value of RFC 8259 §3. */
export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';

/**
 * Parses a JSON text (RFC 8259) into a document that keeps its source. Accepts exactly what `JSON.parse`
 * accepts. Throws for no text (short of running out of memory): one that is not JSON gives a document with
 * `ok === false`, an `error` and the part of the tree before it.
 */
export function parseJson(text: string): JsonDocument {
  return new JsonDocument(scanJson(text));
}

/**
 * Whether a text that does not parse was meant as JSON: its first character that is not white space opens
 * an object or array. (`42` and `"x"` are JSON too, but only if they parse.)
 */
export function looksLikeJson(text: string): boolean {
  const first = /[^ \t\r\n]/.exec(text)?.[0];
  return first === '{' || first === '[';
}

/**
 * A lazily read tree over a JSON text. Nothing is decoded until asked for, so numbers beyond 2^53, `1e999`,
 * duplicate keys, `__proto__` and lone surrogates are all as they were sent. Offsets are in UTF-16 units.
 */
export class JsonDocument {
  /** The text as it was parsed. */
  readonly source: string;
  /** Why the text is not JSON; undefined if it is. */
  readonly error: JsonError | undefined;
  /** The outermost value; undefined if not even its beginning was readable. */
  readonly root: JsonNodeId | undefined;
  private readonly table: JsonTable;
  /** For containers that were entered far from their start: every CHECKPOINT-th child found so far. */
  private readonly checkpoints = new Map<JsonNodeId, JsonNodeId[]>();

  /** For a scan that comes from a worker; elsewhere use `parseJson`. */
  constructor(scan: JsonScan) {
    this.source = scan.source;
    this.error = scan.error;
    this.table = scan.table;
    this.root = scan.table.count > 0 ? nodeId(0) : undefined;
  }

  get ok(): boolean {
    return this.error === undefined;
  }

  /** The number of values in the document, containers included. */
  get nodeCount(): number {
    return this.table.count;
  }

  kind(node: JsonNodeId): JsonKind {
    switch (this.source.charAt(this.start(node))) {
      case '{':
        return 'object';
      case '[':
        return 'array';
      case '"':
        return 'string';
      case 't':
      case 'f':
        return 'boolean';
      case 'n':
        return 'null';
      default:
        return 'number';
    }
  }

  /** Whether the value is complete; only a container around the place of the error is not. */
  isComplete(node: JsonNodeId): boolean {
    return readCell(this.table, node, FIELD.end) >= 0;
  }

  /** Offset of the value's first character. */
  start(node: JsonNodeId): number {
    return readCell(this.table, node, FIELD.start);
  }

  /** Offset after the value's last character; for an incomplete container the offset of the error. */
  end(node: JsonNodeId): number {
    const end = readCell(this.table, node, FIELD.end);
    return end < 0 ? ~end : end;
  }

  /** The number of direct children; 0 for scalars. */
  childCount(node: JsonNodeId): number {
    return readCell(this.table, node, FIELD.childCount);
  }

  parent(node: JsonNodeId): JsonNodeId | undefined {
    const parent = readCell(this.table, node, FIELD.parent);
    return parent === NONE ? undefined : nodeId(parent);
  }

  /** All values in the order of the document. */
  *nodes(): Generator<JsonNodeId, void, undefined> {
    for (let node = 0; node < this.nodeCount; node++) yield nodeId(node);
  }

  /** The children numbered `from` (from 0) up to, not including, `from + count`, as far as there are any. */
  *children(
    node: JsonNodeId,
    from = 0,
    count = Number.POSITIVE_INFINITY,
  ): Generator<JsonNodeId, void, undefined> {
    const first = Math.max(0, from);
    let left = Math.min(count, this.childCount(node) - first);
    if (left <= 0) return;
    let child = this.child(node, first);
    while (child !== undefined) {
      yield child;
      left--;
      child = left > 0 ? this.nodeAfter(child) : undefined;
    }
  }

  /** The child numbered `index` (from 0), or undefined. Cheap at any index once a place near it was read. */
  child(node: JsonNodeId, index: number): JsonNodeId | undefined {
    if (!(index >= 0 && index < this.childCount(node))) return undefined;
    if (index < CHECKPOINT) return this.siblingAfter(nodeId(node + 1), index);
    const known = this.checkpoints.get(node) ?? [nodeId(node + 1)];
    this.checkpoints.set(node, known);
    const wanted = Math.floor(index / CHECKPOINT);
    for (let last = known.at(-1); last !== undefined && known.length <= wanted; last = known.at(-1)) {
      known.push(this.siblingAfter(last, CHECKPOINT));
    }
    const nearest = known[wanted];
    return nearest === undefined ? undefined : this.siblingAfter(nearest, index % CHECKPOINT);
  }

  /** The decoded key of an object's member; undefined for elements of arrays and for the root. */
  keyText(node: JsonNodeId): string | undefined {
    const source = this.keySourceText(node);
    return source === undefined ? undefined : decodeString(source);
  }

  /** The key as it stands in the source, quotes and escapes included; undefined where there is no key. */
  keySourceText(node: JsonNodeId): string | undefined {
    const start = readCell(this.table, node, FIELD.keyStart);
    if (start === NONE) return undefined;
    // Only white space and a colon stand between the key's last quote and its value.
    return this.source.slice(start, this.source.lastIndexOf('"', this.start(node) - 1) + 1);
  }

  /** The value exactly as it stands in the source; of an incomplete container the part before the error. */
  sourceText(node: JsonNodeId): string {
    return this.source.slice(this.start(node), this.end(node));
  }

  /** The decoded text of a string (RFC 8259 §7), lone surrogates kept; undefined for other kinds. */
  stringValue(node: JsonNodeId): string | undefined {
    return this.kind(node) === 'string' ? decodeString(this.sourceText(node)) : undefined;
  }

  /** The innermost value whose source, its key included, holds the unit at an offset; undefined outside of all. */
  nodeAt(offset: number): JsonNodeId | undefined {
    let low = 0;
    let high = this.nodeCount;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.outerStart(nodeId(middle)) <= offset) low = middle + 1;
      else high = middle;
    }
    let node = low === 0 ? undefined : nodeId(low - 1);
    while (node !== undefined && this.end(node) <= offset) node = this.parent(node);
    return node;
  }

  /** Offset of the value's key or, where it has none, of the value. */
  private outerStart(node: JsonNodeId): number {
    const key = readCell(this.table, node, FIELD.keyStart);
    return key === NONE ? this.start(node) : key;
  }

  /** The node's number among its siblings, from 0; 0 for the root. Takes as many steps. */
  indexInParent(node: JsonNodeId): number {
    const parent = this.parent(node);
    if (parent === undefined) return 0;
    let index = 0;
    for (let sibling = nodeId(parent + 1); sibling < node; sibling = this.nodeAfter(sibling)) index++;
    return index;
  }

  /**
   * The way from the root as a JSONPath (RFC 9535), `$.meta.route[2]`; a key that is no identifier is quoted
   * as in a normalized path (§2.7): `$['a b']`. Of duplicate keys all have the same path.
   */
  path(node: JsonNodeId): string {
    const segments: string[] = [];
    let current: JsonNodeId = node;
    for (let parent = this.parent(current); parent !== undefined; parent = this.parent(current)) {
      const key = this.keyText(current);
      segments.push(key === undefined ? `[${this.indexInParent(current)}]` : memberSegment(key));
      current = parent;
    }
    return `$${segments.reverse().join('')}`;
  }

  private siblingAfter(node: JsonNodeId, steps: number): JsonNodeId {
    let sibling = node;
    for (let step = 0; step < steps; step++) sibling = this.nodeAfter(sibling);
    return sibling;
  }

  /** The next child of the same container; undefined for the last one. */
  nextSibling(node: JsonNodeId): JsonNodeId | undefined {
    const next = this.nodeAfter(node);
    return next < this.nodeCount && this.parent(next) === this.parent(node) ? next : undefined;
  }

  private nodeAfter(node: JsonNodeId): JsonNodeId {
    return nodeId(readCell(this.table, node, FIELD.after));
  }
}

/** How many children lie between two remembered ones: steps saved against memory spent. */
const CHECKPOINT = 1024;

function nodeId(index: number): JsonNodeId {
  return index as JsonNodeId;
}

function decodeString(source: string): string {
  // The scanner has checked the literal, so JSON.parse can only succeed; it keeps lone surrogates.
  return source.includes('\\') ? String(JSON.parse(source)) : source.slice(1, -1);
}

function memberSegment(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `['${escapeKey(key)}']`;
}

const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\f', '\\f'],
  ['\r', '\\r'],
  ["'", "\\'"],
  ['\\', '\\\\'],
]);

function escapeKey(key: string): string {
  // With the u flag \p{Cs} matches lone surrogates alone; escaped they survive being copied.
  return key.replace(/[\p{Cc}\p{Cs}'\\]/gu, (character) => {
    const hex = character.charCodeAt(0).toString(16).padStart(4, '0');
    return SHORT_ESCAPES.get(character) ?? `\\u${hex}`;
  });
}
