import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRecord } from '../../../../src/formats/csv/csv.ts';

/** Reads CSV by the grammar of RFC 4180. */
function parse(text: string): string[][] {
  const records: string[][] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  let record: string[] = [];
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (!found) throw new Error('this is not CSV');
    record.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}

describe('CSV', () => {
  it('quotes what it has to, and ends records as RFC 4180 says', () => {
    expect(csvRecord(['a', 'b,c', 'd"e', 'f\ng', '', 'ü'])).toBe('a,"b,c","d""e","f\ng",,ü\r\n');
  });

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1+1',
    '＋1',
    '－1',
    '＠SUM(A1)',
    "=cmd|' /C calc'!A0",
  ])('does not let a spreadsheet calculate %j', (cell) => {
    expect(parse(csvRecord([cell, cell]))).toEqual([[`'${cell}`, `'${cell}`]]);
  });

  it('brings back any cells', () => {
    const cells = fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(cells, { maxLength: 5 }), (records) => {
        const guarded = records.map((record) =>
          record.map((cell) => (/^[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell)),
        );
        expect(parse(records.map(csvRecord).join(''))).toEqual(guarded);
      }),
    );
  });
});
