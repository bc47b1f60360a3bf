import { jsonValueText } from '../../../decoders/json/literals.ts';
import { orderOfNumbers } from '../../../decoders/json/number-order.ts';
import { type JsonPath, JsonPathScan } from '../../../decoders/json/path.ts';
import { substringNeedle } from './text-test.ts';

export const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** What a JSON value is compared with: a string, a number as it is written, or `true`, `false`, `null`. */
export type JsonScalar =
  | { readonly type: 'string'; readonly text: string }
  | { readonly type: 'number' | 'word'; readonly text: string };

/** The condition on a value. */
export type JsonTest =
  | { readonly type: 'exists' }
  | { readonly type: 'compare'; readonly comparison: Comparison; readonly value: JsonScalar }
  /** In upper or lower case. */
  | { readonly type: 'contains'; readonly text: string };

/** Whether the value in a range of units of a text passes. */
export type ValueTest = (text: string, start: number, end: number) => boolean;

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

export function isJsonNumber(text: string): boolean {
  return NUMBER.test(text);
}

/** A test of values as a function without state. */
export function valueTest(test: JsonTest): ValueTest {
  switch (test.type) {
    case 'exists':
      return () => true;
    case 'contains': {
      const needle = substringNeedle(test.text);
      return (text, start, end) => needle.find(jsonValueText(text, start, end), 0) !== -1;
    }
    case 'compare':
      return comparisonTest(test.comparison, test.value);
  }
}

function comparisonTest(comparison: Comparison, value: JsonScalar): ValueTest {
  switch (comparison) {
    case '==':
      return equalityTest(value);
    case '!=': {
      const isEqual = equalityTest(value);
      return (text, start, end) => !isEqual(text, start, end);
    }
    case '<':
      return orderTest(value, (order) => order < 0);
    case '<=':
      return orderTest(value, (order) => order <= 0);
    case '>':
      return orderTest(value, (order) => order > 0);
    case '>=':
      return orderTest(value, (order) => order >= 0);
  }
}

function equalityTest({ type, text: wanted }: JsonScalar): ValueTest {
  switch (type) {
    case 'string':
      return (text, start, end) => text[start] === '"' && jsonValueText(text, start, end) === wanted;
    case 'number':
      return (text, start, end) =>
        isNumberAt(text, start) && orderOfNumbers(text.slice(start, end), wanted) === 0;
    case 'word':
      return (text, start, end) => text.slice(start, end) === wanted;
  }
}

/** Numbers are put in order with numbers, also with those that a protocol writes as strings; strings with strings. */
function orderTest({ type, text: wanted }: JsonScalar, isWanted: (order: number) => boolean): ValueTest {
  return (text, start, end) => {
    if (type === 'string' && text[start] !== '"') return false;
    if (type === 'number' && isNumberAt(text, start)) {
      const order = orderOfNumbers(text.slice(start, end), wanted);
      return isWanted(order);
    }
    const value = jsonValueText(text, start, end);
    if (type === 'number') return isJsonNumber(value) && isWanted(orderOfNumbers(value, wanted));
    return isWanted(value < wanted ? -1 : value > wanted ? 1 : 0);
  };
}

/** Outside of quotes, only numbers start like this. */
function isNumberAt(text: string, start: number): boolean {
  const unit = text.charCodeAt(start);
  return unit === 0x2d || (unit >= 0x30 && unit <= 0x39);
}

/** Whether any value that a path leads to in a text passes. */
export function pathTest(path: JsonPath, isWanted: (value: string) => boolean): (text: string) => boolean {
  const scan = new JsonPathScan(path, true);
  return (text) => {
    scan.begin();
    while (scan.next(text) === 'found') {
      if (isWanted(jsonValueText(scan.source, scan.start, scan.end))) return true;
    }
    return false;
  };
}
