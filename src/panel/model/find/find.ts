import { type Signal, signal } from '@preact/signals';
import type { Expression } from '../../../store/query/language/expression.ts';
import { regexFault } from '../../../store/query/language/regex.ts';
import type { RunningSearch } from '../filter/filter-engine.ts';
import { isNewestFirst } from '../frames/listed-rows.ts';
import type { PanelModel } from '../panel-model.ts';
import type { FindQuery } from './find-query.ts';

/** The direction: down the list, or up. */
export type FindWay = 'next' | 'previous';

type Direction = 'newer' | 'older';

/** ms per step: short enough for someone who is typing, even with a redraw before it. */
const STEP = 3;

/** Searches the frames that the filter shows, and goes from match to match. The list itself does not change. */
export class Find {
  readonly query: Signal<FindQuery>;
  /** Why it is not a valid regular expression, in the words of the JavaScript engine. */
  readonly fault = signal<string | undefined>(undefined);
  /** Increases when something has been found, or when nothing more can be found. */
  readonly revision = signal(0);
  private running: RunningSearch | undefined;
  /** The query of the running search. */
  private begunFor: { readonly terms: readonly Expression[]; readonly store: unknown } | undefined;
  private isOn = false;
  private told = { found: 0, isCurrent: true, isStopped: false };
  private wanted: Direction | undefined;
  private readonly unsubscribe: () => void;

  constructor(private readonly model: PanelModel) {
    this.query = model.findQuery;
    this.look(this.query.value);
    this.unsubscribe = model.revision.subscribe(() => this.goOn());
  }

  /** To be called when the user has stopped searching. */
  close(): void {
    this.unsubscribe();
    this.running?.search.suspend();
    this.running = undefined;
  }

  look(query: FindQuery): void {
    this.query.value = query;
    this.fault.value = query.isRegex ? regexFault(query.text, flagsOf(query)) : undefined;
    this.wanted = undefined;
    this.begin();
  }

  /** Number of matches, as far as is known. */
  get found(): number {
    return this.running?.search.view.length ?? 0;
  }

  /** True if {@link found} is the final number. */
  get isCurrent(): boolean {
    return this.running?.search.isCurrent !== false;
  }

  /** A regular expression took too long, or could not be run. */
  get isStopped(): boolean {
    return this.running?.search.stop !== undefined;
  }

  /** Which match the keyboard is on, from 1, counted down the list; 0 if it is on none. */
  get place(): number {
    const view = this.running?.search.view;
    const focus = this.model.selection.focus.value;
    if (!view || focus === undefined || !view.has(focus)) return 0;
    const index = view.indexOf(focus);
    return isNewestFirst(this.model) ? view.length - index : index + 1;
  }

  /** Goes to the next match from the keyboard's row, or to the newest match. After the last one it continues at the other end. */
  go(way: FindWay): void {
    this.wanted = (way === 'next') === isNewestFirst(this.model) ? 'older' : 'newer';
    this.goWanted();
    this.goOn();
  }

  private begin(): void {
    const { model } = this;
    this.running?.search.suspend();
    this.begunFor = { terms: model.filter.terms, store: model.store };
    const term = this.fault.value === undefined ? termOf(this.query.value) : undefined;
    this.running = term && model.filter.searchWithin(term, () => this.advance());
    this.advance();
    this.revision.value++;
  }

  private get isOutdated(): boolean {
    const { begunFor, model } = this;
    return begunFor?.terms !== model.filter.terms || begunFor.store !== model.store;
  }

  private goOn(): void {
    if (this.begunFor && this.isOutdated) this.begin();
    const search = this.running?.search;
    if (this.isOn || !search || search.stop || search.isWaiting || search.isComplete) return;
    this.isOn = true;
    this.model.turns(() => {
      this.isOn = false;
      this.advance();
    });
  }

  private advance(): void {
    const { running } = this;
    if (!running) return;
    running.search.step(STEP);
    this.goWanted();
    this.tell();
    this.goOn();
  }

  /** Makes the views draw whatever has been found since they last did. */
  private tell(): void {
    const { found, isCurrent, isStopped, told } = this;
    if (found === told.found && isCurrent === told.isCurrent && isStopped === told.isStopped) return;
    this.told = { found, isCurrent, isStopped };
    this.revision.value++;
  }

  /** Goes to the wanted match as soon as its row is known. */
  private goWanted(): void {
    if (!this.wanted) return;
    const row = this.rowTo(this.wanted);
    if (row === undefined) {
      if (this.isCurrent || this.isStopped) this.wanted = undefined;
      return;
    }
    this.wanted = undefined;
    this.model.show(row);
    this.revision.value++;
  }

  /**
   * The row to go to; undefined while it is not known. The search starts at the newest row: between a match and the newest row,
   * all matches are known.
   */
  private rowTo(direction: Direction): number | undefined {
    const view = this.running?.search.view;
    if (!view || view.length === 0) return undefined;
    const isKnown = this.isCurrent || this.isStopped;
    const newest = view.rowAt(view.length - 1);
    const focus = this.model.selection.focus.value;
    if (focus === undefined) return newest;
    const place = view.indexOf(focus);
    if (direction === 'older') return place > 0 ? view.rowAt(place - 1) : isKnown ? newest : undefined;
    const after = view.has(focus) ? place + 1 : place;
    if (!isKnown && view.rowAt(0) > focus) return undefined;
    if (after < view.length) return view.rowAt(after);
    return isKnown ? view.rowAt(0) : undefined;
  }
}

function flagsOf({ matchesCase }: FindQuery): string {
  return matchesCase ? '' : 'i';
}

/** The query as a condition of a filter. */
function termOf(query: FindQuery): Expression | undefined {
  const { text, isRegex, matchesCase } = query;
  if (text === '') return undefined;
  return isRegex
    ? { type: 'regex', source: text, flags: flagsOf(query) }
    : { type: 'text', text, matchesCase };
}
