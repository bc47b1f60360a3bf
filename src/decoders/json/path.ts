import { SIGNALR_SEPARATOR } from '../protocol-signs.ts';
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  isDigit,
  isJsonSpace,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from './characters.ts';
import { isStringSaying, jsonInString, scalarEnd, stringEnd } from './literals.ts';

/** One step of a path into a JSON text. */
export type JsonStep =
  | { readonly type: 'member'; readonly name: string }
  /** Counted from 0. */
  | { readonly type: 'element'; readonly index: number }
  /** Every member or element. */
  | { readonly type: 'any' };

/** The steps from a text's outermost value to a value within it; never empty. */
export type JsonPath = readonly JsonStep[];

/** The outcome of a step of the search: a value was found, there are no more values, or the limit of units was reached. */
export type JsonPathState = 'found' | 'over' | 'paused';

const RECORD_END = SIGNALR_SEPARATOR.charCodeAt(0);

/** The packet type, attachments, namespace and acknowledgement id that Socket.IO and Engine.IO write in front of their JSON. */
const PACKET_PREFIX = /\d+(?:-\d+)?(?:\/[^,[{"]{0,255},\d*)?(?=[[{])/y;

/**
 * Finds what a path leads to in a JSON text, without reading the rest as values: what is not on the way is passed over by its
 * brackets and quotes. So it says nothing of whether the text is sound. A member that stands twice is found twice.
 *
 * Of several records with SignalR's separator behind each of them, a path that begins with a member goes into each; one that begins
 * with an element takes them for those of a list. A path goes on into a string that holds JSON.
 */
export class JsonPathScan {
  /** The text in which the value found last stands: the one that is searched, or what a string in it says. */
  source = '';
  /** Where in it that value begins, in UTF-16 units. */
  start = 0;
  /** Where it ends. */
  end = 0;
  /** The next unit to be looked at. */
  at = 0;
  private state: 'text' | 'value' | 'key' | 'after' = 'text';
  /** Containers on the path that are open. */
  private level = 0;
  /** For each of them the number of the element that is next; -1 in an object. */
  private readonly places: number[] = [];
  /** Brackets that are open within a value that is passed over. */
  private depth = 0;
  /** The value passed over is one that is looked for. */
  private isTarget = false;
  /** The member whose value comes is on the path. */
  private isOnPath = false;
  /** Records are the elements of a list. */
  private isList = false;
  /** Whether the text has several records; undefined until that matters. */
  private hasRecords: boolean | undefined;
  /** The search in a string that holds JSON, and what that says. */
  private inner: JsonPathScan | undefined;
  private said = '';
  /** By the number of steps that lead to the string. */
  private readonly inners: (JsonPathScan | undefined)[] = [];
  /** The path begins with a member. */
  private readonly takesMembers: boolean;

  /** @param takesWhole whether the ends of objects and arrays are of interest; without, they end behind their first bracket */
  constructor(
    private readonly path: JsonPath,
    private readonly takesWhole: boolean,
  ) {
    this.takesMembers = path[0]?.type === 'member';
  }

  /** Begins at the start of a text. */
  begin(): void {
    this.at = 0;
    this.state = 'text';
    this.level = 0;
    this.depth = 0;
    this.isTarget = false;
    this.isOnPath = false;
    this.isList = false;
    this.hasRecords = undefined;
    this.inner = undefined;
    this.said = '';
    this.source = '';
  }

  /** Whether there may be more in a string that holds JSON, which is behind {@link at} already. */
  get isInString(): boolean {
    return this.inner !== undefined;
  }

  /**
   * Goes on to the next value.
   * @param text the same until the next {@link begin}
   * @param units to look at before it pauses, or a few more
   */
  next(text: string, units = Number.POSITIVE_INFINITY): JsonPathState {
    const limit = this.at + units;
    for (;;) {
      const within = this.inner && this.nextInString(this.inner, units);
      if (within) return within;
      if (this.depth > 0) this.passOver(text, limit);
      else if (this.at < limit && !this.step(text, this.skipSpace(text))) return 'over';
      if (this.isTarget && (this.depth === 0 || !this.takesWhole)) {
        this.isTarget = false;
        this.end = this.at;
        this.source = text;
        return 'found';
      }
      if (this.at >= text.length && !this.inner) return 'over';
      if (this.at >= limit) return 'paused';
    }
  }

  /** @returns undefined where there is nothing more in the string */
  private nextInString(inner: JsonPathScan, units: number): 'found' | 'paused' | undefined {
    const state = inner.next(this.said, units);
    if (state === 'over') {
      this.inner = undefined;
      this.said = '';
      return undefined;
    }
    this.source = inner.source;
    this.start = inner.start;
    this.end = inner.end;
    return state;
  }

  /** @returns false at the end of the outermost value, and where the text is no JSON */
  private step(text: string, unit: number): boolean {
    if (Number.isNaN(unit)) return false;
    switch (this.state) {
      case 'text':
        return this.enterText(text, unit);
      case 'value':
        if (unit === CLOSE_BRACKET) return this.close(text);
        return this.value(text, unit, this.isWanted());
      case 'key':
        if (unit === CLOSE_BRACE) return this.close(text);
        return unit === QUOTE && this.key(text);
      case 'after':
        if (unit === CLOSE_BRACE || unit === CLOSE_BRACKET) return this.close(text);
        if (unit === COMMA) return this.comma();
        return unit === RECORD_END && this.nextRecord();
    }
  }

  private enterText(text: string, first: number): boolean {
    let unit = first;
    if (isDigit(unit)) {
      PACKET_PREFIX.lastIndex = this.at;
      if (PACKET_PREFIX.test(text)) this.at = PACKET_PREFIX.lastIndex;
      unit = text.charCodeAt(this.at);
    }
    if (unit === QUOTE && this.enterTextInString(text)) return true;
    if (this.takesMembers && this.enter(unit)) return true;
    this.hasRecords ??= hasSeveralRecords(text);
    if (!this.hasRecords) return !this.takesMembers && this.enter(unit);
    // What is no object has no members, but the record behind it may have some.
    if (this.takesMembers) return this.value(text, unit, false);
    this.isList = true;
    this.places[this.level++] = 0;
    this.state = 'value';
    return true;
  }

  /** Of a text that is nothing but a string with JSON in it. */
  private enterTextInString(text: string): boolean {
    const end = stringEnd(text, this.at);
    this.enterString(text, end);
    if (!this.inner) return false;
    this.at = end;
    this.state = 'after';
    return true;
  }

  /** Enters a container on the path. @returns false if it is none, or not of the kind that the path goes on in */
  private enter(unit: number): boolean {
    const type = this.path[this.level]?.type;
    const isObject = unit === OPEN_BRACE;
    if (!isObject && unit !== OPEN_BRACKET) return false;
    if (type === (isObject ? 'element' : 'member')) return false;
    this.places[this.level++] = isObject ? -1 : 0;
    this.state = isObject ? 'key' : 'value';
    this.at++;
    return true;
  }

  private isWanted(): boolean {
    const place = this.places[this.level - 1] ?? 0;
    if (place < 0) return this.isOnPath;
    const step = this.path[this.level - 1];
    return step?.type === 'any' || (step?.type === 'element' && step.index === place);
  }

  private value(text: string, unit: number, isWanted: boolean): boolean {
    const isTarget = isWanted && this.level === this.path.length;
    if (isWanted && !isTarget && this.enter(unit)) return true;
    this.state = 'after';
    this.isTarget = isTarget;
    if (isTarget) this.start = this.at;
    if (unit === OPEN_BRACE || unit === OPEN_BRACKET) {
      this.depth = 1;
      this.at++;
      return true;
    }
    const end = unit === QUOTE ? stringEnd(text, this.at) : scalarEnd(text, this.at);
    if (end === this.at) return false;
    if (isWanted && !isTarget && unit === QUOTE) this.enterString(text, end);
    this.at = end;
    return true;
  }

  private enterString(text: string, end: number): void {
    const said = jsonInString(text, this.at, end);
    if (said === undefined) return;
    const { level, path, takesWhole } = this;
    this.inner = this.inners[level] ??= new JsonPathScan(path.slice(level), takesWhole);
    this.inner.begin();
    this.said = said;
  }

  private key(text: string): boolean {
    const start = this.at;
    const end = stringEnd(text, start);
    this.at = end;
    if (this.skipSpace(text) !== COLON) return false;
    this.at++;
    const step = this.path[this.level - 1];
    this.isOnPath =
      step?.type === 'any' || (step?.type === 'member' && isStringSaying(text, start, end, step.name));
    this.state = 'value';
    return true;
  }

  private comma(): boolean {
    this.at++;
    const place = this.places[this.level - 1] ?? -1;
    this.state = place < 0 ? 'key' : 'value';
    if (place >= 0) this.places[this.level - 1] = place + 1;
    return true;
  }

  private close(text: string): boolean {
    this.at++;
    this.level--;
    this.state = 'after';
    return this.level > 0 || text.charCodeAt(this.at) === RECORD_END;
  }

  /** @returns false where a record ends before it should */
  private nextRecord(): boolean {
    this.at++;
    if (this.level !== (this.isList ? 1 : 0)) return false;
    this.state = this.isList ? 'value' : 'text';
    if (this.isList) this.places[0] = (this.places[0] ?? 0) + 1;
    return true;
  }

  private passOver(text: string, limit: number): void {
    let { at, depth } = this;
    while (depth > 0 && at < text.length && at < limit) {
      const unit = text.charCodeAt(at);
      if (unit === QUOTE) {
        at = stringEnd(text, at);
        continue;
      }
      if (unit === OPEN_BRACE || unit === OPEN_BRACKET) depth++;
      else if (unit === CLOSE_BRACE || unit === CLOSE_BRACKET) depth--;
      at++;
    }
    this.at = at;
    this.depth = depth;
  }

  /** The unit that follows; NaN at the end. */
  private skipSpace(text: string): number {
    let unit = text.charCodeAt(this.at);
    while (isJsonSpace(unit)) unit = text.charCodeAt(++this.at);
    return unit;
  }
}

function hasSeveralRecords(text: string): boolean {
  const last = text.length - 1;
  return text.charCodeAt(last) === RECORD_END && text.indexOf(SIGNALR_SEPARATOR) < last;
}
