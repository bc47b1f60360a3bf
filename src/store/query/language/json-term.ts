import type { JsonPath, JsonStep } from '../../../decoders/json/path.ts';
import type { Expression } from './expression.ts';
import { type Comparison, isJsonNumber, type JsonScalar, type JsonTest } from './json-test.ts';
import { ProblemFound } from './problems.ts';
import { parseRegex } from './regex.ts';
import { quoteEnd, skipSpace, wordEnd } from './scan.ts';

/** A test of JSON within the filter; `end` is the offset after it. */
export interface JsonTerm {
  readonly expression: Expression;
  readonly end: number;
}

/** Whether a path into JSON begins here; a `$` with anything else behind it is text. */
export function beginsPath(text: string, start: number): boolean {
  const next = text[start + 1];
  return text[start] === '$' && (next === '.' || next === '[');
}

/** Reads `$.a.b`, and `== "x"` or whatever else is asked of it; throws {@link ProblemFound}. */
export function parseJsonTerm(text: string, start: number, isOver: (at: number) => boolean): JsonTerm {
  const { path, end } = readPath(text, start);
  const operator = readOperator(text, skipSpace(text, end));
  if (!operator) {
    if (!isOver(end)) throw new ProblemFound({ code: 'badPath' }, end, end + 1);
    return { expression: { type: 'json', path, test: { type: 'exists' } }, end };
  }
  const at = skipSpace(text, operator.end);
  if (isOver(at)) {
    throw new ProblemFound(
      { code: 'missingComparand', operator: operator.written },
      operator.start,
      operator.end,
    );
  }
  if (operator.name === '~') {
    if (text[at] !== '/') throw new ProblemFound({ code: 'missingRegex' }, at, wordOrUnitEnd(text, at));
    const { source, flags, end } = parseRegex(text, at, isOver);
    return { expression: { type: 'json-regex', path, source, flags }, end };
  }
  const { value, end: valueEnd } = readComparand(text, at, isOver);
  const test = testOf(operator.name, value, text[at] === '"');
  if (!test) {
    const comparison = operator.written;
    throw new ProblemFound({ code: 'notOrdered', value: value.text, operator: comparison }, at, valueEnd);
  }
  return { expression: { type: 'json', path, test }, end: valueEnd };
}

/** A path as far as it has been read. */
export interface ReadPath {
  readonly path: readonly JsonStep[];
  readonly end: number;
}

/** Names that need no quotes. */
const NAME = /\.(?:([\w$@\u0080-\uffff][\w$@:\u0080-\uffff-]*)|(\*))/y;
const BRACKETS = /\[(?:(\d{1,9})|(\*))\]/y;

/** Reads the path whose `$` stands at `start`; throws {@link ProblemFound}. */
export function readPath(text: string, start: number): ReadPath {
  const path: JsonStep[] = [];
  let at = start + 1;
  for (;;) {
    const step = text[at] === '.' ? named(text, at) : text[at] === '[' ? bracketed(text, at) : undefined;
    if (!step) return { path, end: at };
    path.push(step.step);
    at = step.end;
  }
}

const PLAIN_NAME = /^[\w$@\u0080-\uffff][\w$@:\u0080-\uffff-]*$/;

/** A path as it is written in a filter. */
export function pathText(path: JsonPath): string {
  const steps = path.map((step) => {
    if (step.type === 'any') return '[*]';
    if (step.type === 'element') return `[${step.index}]`;
    return PLAIN_NAME.test(step.name) ? `.${step.name}` : `[${JSON.stringify(step.name)}]`;
  });
  return `$${steps.join('')}`;
}

export function memberStep(name: string): JsonStep {
  return { type: 'member', name };
}

interface ReadStep {
  readonly step: JsonStep;
  readonly end: number;
}

function named(text: string, at: number): ReadStep {
  NAME.lastIndex = at;
  const match = NAME.exec(text);
  if (!match) throw new ProblemFound({ code: 'badPath' }, at, Math.min(at + 2, text.length));
  const [, name] = match;
  return { step: name === undefined ? { type: 'any' } : { type: 'member', name }, end: NAME.lastIndex };
}

function bracketed(text: string, at: number): ReadStep {
  BRACKETS.lastIndex = at;
  const match = BRACKETS.exec(text);
  if (match) {
    const [, index] = match;
    const step: JsonStep = index === undefined ? { type: 'any' } : { type: 'element', index: Number(index) };
    return { step, end: BRACKETS.lastIndex };
  }
  const end = text[at + 1] === '"' ? quoteEnd(text, at + 1) : -1;
  const name = end === -1 ? undefined : stringOf(text.slice(at + 1, end));
  if (name === undefined || text[end] !== ']') {
    throw new ProblemFound({ code: 'badPath' }, at, wordOrUnitEnd(text, at));
  }
  return { step: { type: 'member', name }, end: end + 1 };
}

type OperatorName = Comparison | '~' | 'contains';

interface Operator {
  readonly name: OperatorName;
  readonly written: string;
  readonly start: number;
  readonly end: number;
}

const OPERATOR = /(==|!=|<=|>=|<|>|~)|(=)|(contains)(?![^\s")])/iy;

function readOperator(text: string, start: number): Operator | undefined {
  OPERATOR.lastIndex = start;
  const match = OPERATOR.exec(text);
  if (!match) return undefined;
  const [written, sign, equals] = match;
  const name = sign !== undefined ? (sign as OperatorName) : equals !== undefined ? '==' : 'contains';
  return { name, written, start, end: OPERATOR.lastIndex };
}

interface Comparand {
  readonly value: JsonScalar;
  readonly end: number;
}

/** A JSON string, number, `true`, `false` or `null`; any other word is a string too. */
function readComparand(text: string, start: number, isOver: (at: number) => boolean): Comparand {
  if (text[start] === '"') {
    const end = quoteEnd(text, start);
    if (end === -1) throw new ProblemFound({ code: 'unterminatedQuote' }, start, text.length);
    const said = isOver(end) ? stringOf(text.slice(start, end)) : undefined;
    if (said === undefined) throw badComparand(text, start);
    return { value: { type: 'string', text: said }, end };
  }
  if (/[{[=<>!~/]/.test(text[start] ?? '')) throw badComparand(text, start);
  const end = wordEnd(text, start);
  return { value: wordOf(text.slice(start, end)), end };
}

function badComparand(text: string, start: number): ProblemFound {
  const end = wordOrUnitEnd(text, start);
  return new ProblemFound({ code: 'badComparand', value: text.slice(start, end) }, start, end);
}

function wordOf(word: string): JsonScalar {
  if (word === 'true' || word === 'false' || word === 'null') return { type: 'word', text: word };
  return { type: isJsonNumber(word) ? 'number' : 'string', text: word };
}

/** Undefined where the value has no place in an order: only numbers and strings in quotes have one. */
function testOf(
  name: Exclude<OperatorName, '~'>,
  value: JsonScalar,
  isQuoted: boolean,
): JsonTest | undefined {
  if (name === 'contains') return { type: 'contains', text: value.text };
  const isOrder = name !== '==' && name !== '!=';
  if (isOrder && value.type !== 'number' && !isQuoted) return undefined;
  return { type: 'compare', comparison: name, value };
}

function stringOf(literal: string): string | undefined {
  try {
    return String(JSON.parse(literal));
  } catch {
    return undefined;
  }
}

/** A problem is never empty. */
function wordOrUnitEnd(text: string, start: number): number {
  return Math.max(start + 1, wordEnd(text, start));
}
