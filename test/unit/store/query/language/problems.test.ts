import { describe, expect, test } from 'vitest';
import { type ProblemCause, problemMessage } from '../../../../../src/store/query/language/problems.ts';
import { textsWithPrefix } from '../../../helpers/locales.ts';

/** One of each: a code without an example does not compile. */
const EXAMPLES: { readonly [Code in ProblemCause['code']]: Extract<ProblemCause, { code: Code }> } = {
  tooLong: { code: 'tooLong', limit: 10 },
  tooManyTerms: { code: 'tooManyTerms', limit: 10 },
  tooDeep: { code: 'tooDeep', limit: 10 },
  unterminatedQuote: { code: 'unterminatedQuote' },
  emptyText: { code: 'emptyText' },
  unterminatedRegex: { code: 'unterminatedRegex' },
  badRegex: { code: 'badRegex', reason: 'Unterminated group' },
  badRegexFlags: { code: 'badRegexFlags', flags: 'g', known: 'im' },
  unknownKey: { code: 'unknownKey', key: 'dri', suggestion: 'dir', known: ['dir', 'len'] },
  missingValue: { code: 'missingValue', key: 'dir' },
  badValue: { code: 'badValue', key: 'dir', value: 'up', known: ['sent', 'received'] },
  badLength: { code: 'badLength', value: '1x' },
  badTime: { code: 'badTime', value: 'noon' },
  emptyRange: { code: 'emptyRange', value: '2..1' },
  badPath: { code: 'badPath' },
  missingComparand: { code: 'missingComparand', operator: '==' },
  badComparand: { code: 'badComparand', value: '{' },
  notOrdered: { code: 'notOrdered', value: 'true', operator: '<' },
  missingRegex: { code: 'missingRegex' },
  missingTerm: { code: 'missingTerm', operator: 'or' },
  emptyGroup: { code: 'emptyGroup' },
  unclosedGroup: { code: 'unclosedGroup' },
  unmatchedClose: { code: 'unmatchedClose' },
};

const LOCALES = Object.entries(textsWithPrefix('filterProblem'));

describe.each(LOCALES)('messages in %s', (_, words) => {
  test.each(Object.values(EXAMPLES))('$code uses each substitution and no other', (cause) => {
    const { key, substitutions } = problemMessage(cause);
    const used = new Set(words[key]?.match(/\$\d/g));
    expect(words[key]).toBeTypeOf('string');
    expect(used).toEqual(new Set(substitutions.map((_value, index) => `$${index + 1}`)));
  });

  test('none is left over', () => {
    const keys = Object.values(EXAMPLES).map((cause) => problemMessage(cause).key);
    expect(Object.keys(words).sort()).toEqual(keys.sort());
  });
});

test('lists read as lists', () => {
  expect(problemMessage(EXAMPLES.unknownKey).substitutions).toEqual(['dri', 'dir', 'dir, len']);
  expect(problemMessage(EXAMPLES.badRegexFlags).substitutions).toEqual(['g', 'i, m']);
});
