import type { JsonDocument, JsonNodeId } from '../../../../decoders/json/document.ts';

/** Most values that are found. */
const MOST_FOUND = 10_000;

/** A search of one document. The last result is kept, because it is needed for the typed key and again for the next picture. */
export class TreeSearch {
  private last: { readonly text: string; readonly found: readonly JsonNodeId[] } | undefined;

  constructor(private readonly document: JsonDocument) {}

  find(text: string): readonly JsonNodeId[] {
    if (this.last?.text !== text) this.last = { text, found: searchTree(this.document, text) };
    return this.last.found;
  }
}

/** The values whose key or source contains a text, ignoring case, in the order of the document, without containers. */
export function searchTree(document: JsonDocument, text: string): JsonNodeId[] {
  if (text === '') return [];
  const found: JsonNodeId[] = [];
  const pattern = new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'gi');
  for (let match = pattern.exec(document.source); match; match = pattern.exec(document.source)) {
    const node = document.nodeAt(match.index);
    if (node !== undefined && node !== found.at(-1)) found.push(node);
    if (found.length >= MOST_FOUND) break;
  }
  return found;
}
