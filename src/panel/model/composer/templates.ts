import { jsonValueText } from '../../../decoders/json/literals.ts';
import { type JsonPath, JsonPathScan } from '../../../decoders/json/path.ts';
import type { Payload } from '../../../decoders/payload.ts';
import { readPath } from '../../../store/query/language/json-term.ts';

/** Where the values of variables come from. */
export interface TemplateSource {
  uuid(): string;
  /** ms since the epoch */
  now(): number;
  /** The number of the message, from 1; the same everywhere in the message. */
  readonly counter: number;
  /** From 0 to 1. */
  random(): number;
  /**
   * The messages that the socket has received, the newest first.
   * @param age 0 for the newest
   * @returns undefined if there is none, or it is not in memory
   */
  received(age: number): Payload | undefined;
  /** The JSON of a message that paths lead into. */
  jsonText(message: Payload): string;
}

/** What is wrong with a variable. */
export type TemplateFault = 'unclosed' | 'unknown' | 'argument' | 'no-message' | 'not-text' | 'no-value';

/** Offsets are in UTF-16 units of the template. */
export interface TemplateProblem {
  readonly from: number;
  readonly to: number;
  readonly fault: TemplateFault;
  /** The text between the braces. */
  readonly written: string;
}

/** A stretch of the template and what it was replaced by. */
export interface TemplatePiece {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export interface FilledTemplate {
  readonly text: string;
  readonly pieces: readonly TemplatePiece[];
  readonly problems: readonly TemplateProblem[];
}

/** UTF-16 units of messages after which no older ones are searched */
const LOOKED_AT = 1_000_000;
const OPEN = '{{';
const CLOSE = '}}';

/**
 * Fills in the variables of a text.
 * @param isJson whether strings are escaped as within the quotes of JSON
 */
export function fillTemplate(text: string, source: TemplateSource, isJson: boolean): FilledTemplate {
  const pieces: TemplatePiece[] = [];
  const problems: TemplateProblem[] = [];
  let at = 0;
  for (let open = text.indexOf(OPEN); open !== -1; open = text.indexOf(OPEN, at)) {
    if (open > at) pieces.push({ from: at, to: open, text: text.slice(at, open) });
    const close = text.indexOf(CLOSE, open);
    if (close === -1) {
      problems.push({ from: open, to: text.length, fault: 'unclosed', written: text.slice(open + 2) });
      return { text, pieces, problems };
    }
    at = close + CLOSE.length;
    const written = text.slice(open + OPEN.length, close).trim();
    const value = variable(written, source, isJson);
    if (value.type === 'fault') problems.push({ from: open, to: at, fault: value.fault, written });
    else pieces.push({ from: open, to: at, text: value.text });
  }
  if (at < text.length) pieces.push({ from: at, to: text.length, text: text.slice(at) });
  return { text: pieces.map((piece) => piece.text).join(''), pieces, problems };
}

/** Whether a text has variables to be filled in. */
export function hasVariables(text: string): boolean {
  return text.includes(OPEN);
}

/** The offset in the template for an offset in the filled text. */
export function placeInTemplate({ pieces }: FilledTemplate, offset: number): { from: number; to: number } {
  let start = 0;
  for (const { from, to, text } of pieces) {
    const within = offset - start;
    if (within < text.length) {
      const isLiteral = text.length === to - from;
      return isLiteral ? { from: from + within, to: from + within + 1 } : { from, to };
    }
    start += text.length;
  }
  const end = pieces.at(-1)?.to ?? 0;
  return { from: end, to: end };
}

type Value =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'fault'; readonly fault: TemplateFault };

function variable(written: string, source: TemplateSource, isJson: boolean): Value {
  const colon = written.indexOf(':');
  const name = colon === -1 ? written : written.slice(0, colon);
  const argument = colon === -1 ? undefined : written.slice(colon + 1);
  switch (name) {
    case 'uuid':
      return argument === undefined ? said(source.uuid()) : fault('argument');
    case 'counter':
      return argument === undefined ? said(String(source.counter)) : fault('argument');
    case 'now':
      return now(argument, source.now());
    case 'random':
      return random(argument, source.random());
    case 'last':
      return last(argument, source, isJson);
    default:
      return fault('unknown');
  }
}

function now(argument: string | undefined, time: number): Value {
  if (argument === undefined || argument === 'ms') return said(String(time));
  return argument === 'iso' ? said(new Date(time).toISOString()) : fault('argument');
}

/** A number from 0 to 1, or a whole one out of `1-6`, both ends included. */
function random(argument: string | undefined, value: number): Value {
  if (argument === undefined) return said(String(value));
  const [, low, high] = /^(\d{1,15})-(\d{1,15})$/.exec(argument) ?? [];
  const [least, most] = [Number(low), Number(high)];
  if (low === undefined || least > most) return fault('argument');
  return said(String(least + Math.floor(value * (most - least + 1))));
}

/** The last message, or the value at a path in the last message that has one: there are pings and acknowledgements in between. */
function last(argument: string | undefined, source: TemplateSource, isJson: boolean): Value {
  const path = argument === undefined || argument === '$' ? undefined : pathOf(argument);
  if (path === 'wrong') return fault('argument');
  const newest = source.received(0);
  if (newest === undefined) return fault('no-message');
  if (path === undefined) return typeof newest === 'string' ? said(newest) : fault('not-text');
  const scan = new JsonPathScan(path, true);
  let units = 0;
  let message: Payload | undefined = newest;
  for (let age = 0; message !== undefined && units < LOOKED_AT; message = source.received(++age)) {
    const text = source.jsonText(message);
    units += text.length;
    scan.begin();
    if (scan.next(text) === 'found') return said(found(scan, isJson));
  }
  return fault('no-value');
}

function found({ source, start, end }: JsonPathScan, isJson: boolean): string {
  return isJson && source[start] === '"'
    ? source.slice(start + 1, end - 1)
    : jsonValueText(source, start, end);
}

function pathOf(argument: string): JsonPath | 'wrong' {
  if (!argument.startsWith('$')) return 'wrong';
  try {
    const { path, end } = readPath(argument, 0);
    return end === argument.length && path.length > 0 ? path : 'wrong';
  } catch {
    return 'wrong';
  }
}

function said(text: string): Value {
  return { type: 'text', text };
}

function fault(which: TemplateFault): Value {
  return { type: 'fault', fault: which };
}
