import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
  type JsonDocument,
  type JsonNodeId,
  parseJson,
} from '../../../../../../src/decoders/json/document.ts';
import { type TreeRow, TreeRows } from '../../../../../../src/panel/views/detail/tree/tree-rows.ts';
import { searchTree, TreeSearch } from '../../../../../../src/panel/views/detail/tree/tree-search.ts';
import { TreeState } from '../../../../../../src/panel/views/detail/tree/tree-state.ts';
import { TreeTyping } from '../../../../../../src/panel/views/detail/tree/tree-typing.ts';

function nodesOf(document: JsonDocument): JsonNodeId[] {
  return Array.from({ length: document.nodeCount }, (_, index) => index as JsonNodeId);
}

function treeRows(tree: TreeState): TreeRow[] {
  return new TreeRows(tree).slice(0, Number.POSITIVE_INFINITY);
}

/** Each line as its depth and its value. */
function lines(text: string, open: (source: string) => boolean): string[] {
  const tree = treeOf(text, open);
  return treeRows(tree).map(worded);
}

function treeOf(text: string, open: (source: string) => boolean): TreeState {
  const document = parseJson(text);
  const tree = new TreeState(document);
  for (const node of nodesOf(document)) tree.setOpen(node, open(document.sourceText(node)));
  return tree;
}

function worded({ tree, node, depth, line }: TreeRow): string {
  return `${depth} ${line ?? tree.document.sourceText(node)}`;
}

describe('what is open at first', () => {
  const openAtFirst = (value: unknown) => treeRows(new TreeState(parseJson(JSON.stringify(value)))).length;

  test('is all that fits on a screen', () => {
    expect(openAtFirst({ id: 1, payload: { data: { message: { text: 'a', by: { name: 'b' } } } } })).toBe(8);
  });

  test('are the first levels of larger documents, each completely', () => {
    const many = (value: unknown) => Array.from({ length: 20 }, () => value);
    expect(openAtFirst({ a: many([1]), b: many([2]) })).toBe(1 + 2 + 40);
    expect(openAtFirst([[many([1]), [1]]])).toBe(1 + 1 + 2 + 21);
  });

  test('is only the outermost value if there are hundreds of values', () => {
    expect(openAtFirst(Array.from({ length: 200 }, () => [1, 2]))).toBe(1 + 200);
  });
});

describe('the path of a value', () => {
  test('leads from the outermost document on, through JSON in strings', () => {
    const inner = JSON.stringify({ b: [1, JSON.stringify({ c: 2 })] });
    const tree = treeOf(JSON.stringify({ a: inner }), () => true);
    const nested = (state: TreeState, source: string) => {
      const node = nodesOf(state.document).find((one) => state.document.sourceText(one) === source);
      const within = node === undefined ? undefined : state.within(node);
      if (within?.type !== 'json') throw new Error(source);
      return within.tree;
    };
    const first = nested(tree, JSON.stringify(inner));
    const second = nested(first, JSON.stringify('{"c":2}'));
    const paths = (state: TreeState) => nodesOf(state.document).map((node) => state.pathOf(node));
    expect(paths(tree)).toEqual(['$', '$.a']);
    expect(paths(first).slice(0, 3)).toEqual(['$.a', '$.a.b', '$.a.b[0]']);
    expect(paths(second)).toEqual(['$.a.b[1]', '$.a.b[1].c']);
  });
});

describe('the lines of a tree', () => {
  const text = '{"a":[1,{"b":2}],"c":3}';

  test('are one while it is closed', () => {
    expect(lines(text, () => false)).toEqual([`0 ${text}`]);
  });

  test('are those of open nodes, in the order of the text', () => {
    expect(lines(text, () => true)).toEqual([`0 ${text}`, '1 [1,{"b":2}]', '2 1', '2 {"b":2}', '3 2', '1 3']);
  });

  test('exclude what is in a closed node, even if it is open itself', () => {
    expect(lines(text, (source) => source.startsWith('{'))).toEqual([`0 ${text}`, '1 [1,{"b":2}]', '1 3']);
  });

  test('show what can be opened and what is open', () => {
    const text = '{"a":[],"b":[1],"c":{"d":1}}';
    const rows = treeRows(treeOf(text, (source) => source === text || source === '[]'));
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

describe('the contents of strings', () => {
  const open = () => true;

  test('is JSON that can be opened in place', () => {
    const text = JSON.stringify({ body: '{"a":[1,"x"]}' });
    expect(lines(text, (source) => source === text)).toEqual([`0 ${text}`, '1 "{\\"a\\":[1,\\"x\\"]}"']);
    const whole = lines(text, open);
    expect(whole.slice(2)).toEqual(['2 {"a":[1,"x"]}', '3 [1,"x"]', '4 1', '4 "x"']);
  });

  test('is a text of several lines, or a long one in parts', () => {
    expect(lines('["one\\ntwo"]', open).slice(2)).toEqual(['2 one', '2 two']);
    const long = 'x'.repeat(400);
    expect(lines(`["${long}"]`, open).slice(2).join('').replaceAll('2 ', '')).toBe(long);
  });

  test('is nothing if it only looks like JSON, or is short', () => {
    const rows = treeRows(treeOf('["{not json}", "short"]', open));
    expect(rows.map(({ isContainer }) => isContainer)).toEqual([true, false, false]);
  });
});

test('a tree opens down to a level, and around a value', () => {
  const tree = treeOf('{"a":{"b":{"c":1}},"d":[[2]]}', () => false);
  const depths = () => treeRows(tree).map(({ depth }) => depth);
  tree.openTo(2);
  expect(depths()).toEqual([0, 1, 2, 1, 2]);
  tree.openTo(0);
  expect(depths()).toEqual([0]);
  const [one] = searchTree(tree.document, '"c"');
  if (one !== undefined) tree.reveal(one);
  expect(treeRows(tree).map(worded)).toContain('3 1');
});

test('so much is opened at once that all of it is laid out again with each change without holding up anything', () => {
  const tree = treeOf(JSON.stringify(Array.from({ length: 30_000 }, () => [[1]])), () => false);
  for (const level of [2, 64]) {
    tree.openTo(level);
    expect(tree.openNodes().length).toBeGreaterThan(5_000);
    expect(tree.openNodes().length).toBeLessThanOrEqual(20_000);
  }
});

describe('the search', () => {
  const document = parseJson('{"Price":[1,22],"note":"a price","list":[{"price":3}]}');
  const found = (text: string) => searchTree(document, text).map((node) => document.path(node));

  test('searches a document once for the same text', () => {
    const search = new TreeSearch(document);
    const [price, note] = [search.find('price'), search.find('note')];
    expect([search.find('note') === note, search.find('price') === price]).toEqual([true, false]);
    expect(search.find('price')).toEqual(price);
  });

  test('finds keys and values whatever their case, in order', () => {
    expect(found('PRICE')).toEqual(['$.Price', '$.note', '$.list[0].price']);
    expect(found('22')).toEqual(['$.Price[1]']);
    expect(found('')).toEqual([]);
    expect(found('.*')).toEqual([]);
  });
});

describe('lines out of the middle', () => {
  const value: fc.Arbitrary<fc.JsonValue> = fc.jsonValue({ maxDepth: 4 });
  const nested = fc.oneof(
    value,
    value.map((inner) => [JSON.stringify(inner), 'one\ntwo', [inner]]),
    fc.array(fc.oneof(value, fc.constant(`["${'x'.repeat(400)}"]`)), { maxLength: 12 }),
  );

  test('are those that all of them have there, and know what they stand below', () => {
    fc.assert(
      fc.property(nested, fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), (json, choices) => {
        const tree = new TreeState(parseJson(JSON.stringify(json)));
        for (const node of nodesOf(tree.document)) tree.setOpen(node, choices[node % choices.length] ?? true);
        const rows = new TreeRows(tree);
        const all = rows.slice(0, Number.POSITIVE_INFINITY);
        expect(all).toHaveLength(rows.length);
        expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
        for (const [place, row] of all.entries()) {
          expect(rows.slice(place, place + 3).map(({ key }) => key)).toEqual(
            all.slice(place, place + 3).map(({ key }) => key),
          );
          expect(rows.at(place)?.around).toBe(
            all.findLastIndex((other, before) => before < place && other.depth < row.depth),
          );
          if (row.tree === tree && row.line === undefined) expect(rows.placeOf(row.node)).toBe(place);
        }
      }),
    );
  });

  test('are none beyond the ends, nor for an invisible value', () => {
    const tree = treeOf('[[1],[2]]', (source) => source.startsWith('[['));
    const rows = new TreeRows(tree);
    expect(rows.at(-1)).toBeUndefined();
    expect(rows.at(3)).toBeUndefined();
    const [inner] = searchTree(tree.document, '2');
    expect(inner !== undefined && rows.placeOf(inner)).toBeUndefined();
  });
});

describe('very many', () => {
  test('levels are lines', () => {
    const tree = new TreeState(parseJson('['.repeat(100_000) + ']'.repeat(100_000)));
    for (const node of nodesOf(tree.document)) tree.setOpen(node, true);
    const rows = new TreeRows(tree);
    expect(rows).toHaveLength(100_000);
    expect(rows.at(99_999)?.depth).toBe(99_999);
  });

  test('elements are lines, of which none is made before it is wanted', () => {
    const tree = new TreeState(parseJson(`[${'0,'.repeat(999_999)}7]`));
    const made = vi.spyOn(tree.document, 'child');
    const rows = new TreeRows(tree);
    expect(rows).toHaveLength(1_000_001);
    expect(made).not.toHaveBeenCalled();
    expect(rows.slice(999_999, 1_000_001).map(worded)).toEqual(['1 0', '1 7']);
  });
});

describe('typing in a tree', () => {
  const text = '{"alpha":1,"beta":{"bear":2,"Bee":3},"list":["x","yes"],"$ref":4}';
  const rows = new TreeRows(treeOf(text, () => true));
  const place = (source: string) =>
    treeRows(treeOf(text, () => true))
      .map(worded)
      .indexOf(source);

  test('leads to the next name that begins so, whatever its case, and round', () => {
    const typing = new TreeTyping();
    expect(typing.type('b', rows, 0, 1000)).toBe(place('1 {"bear":2,"Bee":3}'));
    expect(typing.type('b', rows, 2, 1300)).toBe(place('2 2'));
    expect(typing.type('b', rows, 3, 1600)).toBe(place('2 3'));
    expect(typing.type('b', rows, 4, 1900)).toBe(place('1 {"bear":2,"Bee":3}'));
  });

  test('takes letters that follow at once for one word', () => {
    const typing = new TreeTyping();
    expect(typing.type('b', rows, 0, 0)).toBe(2);
    expect(typing.type('e', rows, 2, 200)).toBe(2);
    expect(typing.type('a', rows, 2, 400)).toBe(place('2 2'));
    expect(typing.type('a', rows, 3, 2000), 'a new word').toBe(place('1 1'));
  });

  test('finds elements by their values, and stays if nothing starts like this', () => {
    const typing = new TreeTyping();
    expect(typing.type('y', rows, 0, 0)).toBe(place('2 "yes"'));
    expect(typing.type('q', rows, 0, 5000)).toBeUndefined();
    expect(typing.type('$', rows, 0, 9000)).toBe(place('1 4'));
  });

  test('ignores keys that are not letters', () => {
    expect(['1', '/', 'Enter', ' ', '*'].map((key) => new TreeTyping().type(key, rows, 0, 0))).toEqual(
      Array.from({ length: 5 }, () => false),
    );
  });
});
