import { describe, expect, test } from 'vitest';
import { type JsonDocument, type JsonNodeId, parseJson } from '../../../../src/decoders/json.ts';
import { MAX_TREE_ROWS, treeRows } from '../../../../src/panel/views/detail/tree-rows.ts';

function nodesOf(document: JsonDocument): JsonNodeId[] {
  return Array.from({ length: document.nodeCount }, (_, index) => index as JsonNodeId);
}

/** Each line as its depth and its value. */
function lines(text: string, open: (source: string) => boolean): string[] {
  const document = parseJson(text);
  const opened = new Set(nodesOf(document).filter((node) => open(document.sourceText(node))));
  return treeRows(document, opened).map(({ node, depth }) => `${depth} ${document.sourceText(node)}`);
}

describe('the lines of a tree', () => {
  const text = '{"a":[1,{"b":2}],"c":3}';

  test('are one while it is closed', () => {
    expect(lines(text, () => false)).toEqual([`0 ${text}`]);
  });

  test('are those of open nodes, in the order of the text', () => {
    expect(lines(text, () => true)).toEqual([`0 ${text}`, '1 [1,{"b":2}]', '2 1', '2 {"b":2}', '3 2', '1 3']);
  });

  test('leave out what lies in a closed node, even if that is open in itself', () => {
    expect(lines(text, (source) => source.startsWith('{'))).toEqual([`0 ${text}`, '1 [1,{"b":2}]', '1 3']);
  });

  test('say what can be opened and what is', () => {
    const document = parseJson('{"a":[],"b":[1],"c":{"d":1}}');
    const { root } = document;
    const rows = treeRows(document, new Set(nodesOf(document).filter((node) => node === root || node === 1)));
    expect(rows.map(({ isContainer, isOpen }) => [isContainer, isOpen])).toEqual([
      [true, true],
      [false, false],
      [true, false],
      [true, false],
    ]);
  });

  test('of a text that breaks off are those before', () => {
    expect(lines('[1,[2,', () => true)).toEqual(['0 [1,[2,', '1 1', '1 [2,', '2 2']);
  });

  test('of no JSON at all are none', () => {
    expect(lines('?', () => true)).toEqual([]);
  });
});

describe('a million', () => {
  test('levels are listed up to the limit', () => {
    const document = parseJson('['.repeat(1_000_000) + ']'.repeat(1_000_000));
    const rows = treeRows(document, new Set(nodesOf(document)));
    expect(rows).toHaveLength(MAX_TREE_ROWS);
    expect(rows.at(-1)?.depth).toBe(MAX_TREE_ROWS - 1);
  });

  test('elements are listed up to the limit', () => {
    const document = parseJson(`[${'0,'.repeat(999_999)}0]`);
    expect(treeRows(document, new Set(document.root === undefined ? [] : [document.root]))).toHaveLength(
      MAX_TREE_ROWS,
    );
  });
});
