import type { JsonDocument, JsonNodeId } from '../../../../src/decoders/json/document.ts';

export function rootOf(document: JsonDocument): JsonNodeId {
  if (document.root === undefined) throw new Error('the document has no root');
  return document.root;
}

/** What JSON.parse would make of the document, built from the tree alone. For shallow trees. */
export function rebuild(document: JsonDocument, node = rootOf(document)): unknown {
  switch (document.kind(node)) {
    case 'null':
      return null;
    case 'boolean':
      return document.sourceText(node) === 'true';
    case 'number':
      return Number(document.sourceText(node));
    case 'string':
      return document.stringValue(node);
    case 'array':
      return Array.from(document.children(node), (child) => rebuild(document, child));
    case 'object':
      return rebuildObject(document, node);
  }
}

function rebuildObject(document: JsonDocument, node: JsonNodeId): object {
  const object = {};
  for (const child of document.children(node)) {
    const value = rebuild(document, child);
    // Assignment would call the setter of __proto__; JSON.parse defines a property.
    Object.defineProperty(object, document.keyText(child) ?? '', {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  }
  return object;
}
