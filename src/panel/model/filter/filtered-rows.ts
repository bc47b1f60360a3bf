import { signal } from '@preact/signals';
import type { FrameStore } from '../../../store/frame-store.ts';
import { AllRows, type FrameView } from '../../../store/frame-view.ts';
import { allOf, type Expression } from '../../../store/query/language/expression.ts';
import type { CompiledFilter } from '../../../store/query/matching/match.ts';
import type { Pattern } from '../../../store/query/matching/patterns.ts';
import type { Search } from '../../../store/search/search.ts';
import type { Stop } from '../../../store/search/search-later.ts';
import type { Turns } from '../../platform/turns.ts';
import type { SearchHost, SearchParts } from './filter-engine.ts';
import { filterEngine } from './filter-loader.ts';

/** ms per step through rows that have not been searched. Each task has a cost of its own, so steps are long while nothing is drawn between them. */
const STEP = 2;
/** ms per step if something may be drawn before it. */
const STEP_BESIDE_PICTURES = 1.5;
/** ms of the first step. The keystroke waits for it and for everything else that it causes, the first time in code that is not compiled yet. */
const FIRST_STEP = 1;
/** More rows than fit on a screen. */
const SCREEN = 100;
/** ms for which the rows found before stay visible, if there are fewer new ones than that. */
const PATIENCE = 40;
/** ms in which most searches end. Nothing is drawn before that, because drawing all rows costs no more than drawing some. */
const HASTE = 28;
/** The same for a search that will have ended by then. */
const HASTE_TO_END = 45;
/** ms between two redraws during a search. */
const PICTURE_INTERVAL = 100;

/** Least ms between two searches that depend on the states of sockets, as these change often. */
const RENEWAL_INTERVAL = 250;

/** What a filter shows. */
interface Scan {
  readonly terms: readonly Expression[];
  readonly expression: Expression | undefined;
  readonly view: FrameView;
  /** Undefined if everything passes. */
  readonly search: Search | undefined;
  readonly filter: CompiledFilter | undefined;
}

/** Why a search has ended before its end. */
export type FilterStop =
  | {
      readonly type: 'stuck';
      readonly pattern: Pattern;
      /** Number of the frame at which it ended, among all frames at the time, from 1. */
      readonly place: number;
      /** ms since the epoch */
      readonly time: number;
      /** bytes on the wire */
      readonly size: number;
    }
  | { readonly type: 'failed'; readonly reason: string };

/** What the search needs from the panel. */
export interface FilterRunHost extends SearchHost {
  readonly turns: Turns;
  /** Called when there is something to draw. Urgent if the user is waiting for it. */
  readonly onChange: (isUrgent: boolean) => void;
}

/** The rows that pass a filter, as far as the search has come. Runs the search and decides when to draw. */
export abstract class FilteredRows {
  /** Why the search has ended early. What it had found stays. */
  readonly stop = signal<FilterStop | undefined>(undefined);
  /** The rows that are shown. */
  view: FrameView;
  protected current: Scan;
  /** The last search that has gone through everything, as long as the current one has not. */
  private sound: Scan | undefined;
  private begunAt = 0;
  private drawnAt = 0;
  /** A redraw has been postponed. */
  private isPictureDue = false;
  /** ms since the epoch: when the expression was written. */
  protected writtenAt = Date.now();
  private renewal: ReturnType<typeof setTimeout> | undefined;
  private isOn = false;

  constructor(
    protected store: FrameStore,
    private readonly runHost: FilterRunHost,
  ) {
    const view = new AllRows(store);
    this.current = { terms: [], expression: undefined, view, search: undefined, filter: undefined };
    this.view = view;
  }

  /** All conditions for a row. */
  protected abstract termsWith(expression: Expression | undefined): Expression[];

  /** The conditions for rows that are shown; empty if all are. It is a new array whenever anything changes. */
  get terms(): readonly Expression[] {
    return this.current.terms;
  }

  get isActive(): boolean {
    return this.current.search !== undefined;
  }

  /** Number of rows that pass, as far as is known. */
  get found(): number {
    return this.current.view.length;
  }

  /** True if {@link found} is complete, apart from rows that have only just arrived. */
  get isCurrent(): boolean {
    return this.current.search?.isCurrent !== false;
  }

  /** True if no more of the present rows will be found: all have been searched, or the search was stopped. */
  get isSettled(): boolean {
    const { search } = this.current;
    return !search || search.isComplete || search.stop !== undefined;
  }

  /** Searches rows that have only just arrived, so that they are part of what is about to be drawn. */
  extend(): void {
    if (this.isCurrent) this.advance(STEP_BESIDE_PICTURES);
  }

  /** Searches new rows in a task of its own, if there are any. */
  goOn(): void {
    const { search, filter } = this.current;
    if (filter?.isStale) this.renew();
    if (this.isOn || !search || search.stop || search.isWaiting) return;
    this.isOn = true;
    this.runHost.turns(() => {
      this.isOn = false;
      this.advance(this.isInHaste ? STEP : STEP_BESIDE_PICTURES);
    });
  }

  /** Searches again, because the states of sockets have changed. */
  private renew(): void {
    this.renewal ??= setTimeout(
      () => {
        this.renewal = undefined;
        if (this.current.filter?.isStale) this.begin(this.current.expression, true);
      },
      Math.max(0, this.begunAt + RENEWAL_INTERVAL - performance.now()),
    );
  }

  /** @param isSamePlace keeps what was found before visible until there is something new to show */
  protected begin(expression: Expression | undefined, isSamePlace: boolean): void {
    const { current } = this;
    const isSound = current.search?.wasComplete !== false && !current.search?.stop;
    if (!isSamePlace) this.sound = undefined;
    else if (isSound) this.sound = current;
    current.search?.suspend();
    this.stop.value = undefined;
    this.current = this.scan(expression);
    this.begunAt = performance.now();
    this.advance(FIRST_STEP);
    if (!isSamePlace) this.view = this.current.view;
    this.draw(true);
  }

  private advance(budget: number): void {
    const { search, view } = this.current;
    if (!search) {
      this.view = view;
      return;
    }
    const before = {
      view: this.view,
      found: view.length,
      isCurrent: search.isCurrent,
      stop: this.stop.value,
    };
    search.step(budget);
    if (search.stop && !this.stop.value) this.endEarly(search.stop);
    else if (this.isToBeShown(search)) this.view = view;
    if (search.wasComplete) this.sound = undefined;
    if (!search.isComplete) this.goOn();
    const isOther = this.view !== before.view || this.stop.value !== before.stop;
    const isNew = isOther || search.isCurrent !== before.isCurrent || this.isPictureDue;
    if (isNew || view.length !== before.found) this.draw(isNew);
  }

  /** Drawing costs as much as searching, so there are few redraws while older rows are found. */
  private draw(isNew: boolean): void {
    const now = performance.now();
    const isUrgent = isNew || this.isPictureDue;
    this.isPictureDue = isUrgent && this.isUnderWay && this.isInHaste;
    if (this.isUnderWay && this.isInHaste) return;
    if (!isUrgent && !this.isCurrent && now - this.drawnAt < PICTURE_INTERVAL) return;
    this.drawnAt = now;
    this.runHost.onChange(isUrgent);
  }

  /** The search has only just begun, or is about to end, and nothing has been drawn yet. */
  private get isInHaste(): boolean {
    const elapsed = performance.now() - this.begunAt;
    return elapsed < HASTE || elapsed < HASTE_TO_END * (this.current.search?.progress ?? 0);
  }

  /** The search continues by itself, in the next task. */
  private get isUnderWay(): boolean {
    return !this.isSettled && this.current.search?.isWaiting === false;
  }

  private isToBeShown(search: Search): boolean {
    const { length } = search.view;
    if (search.wasComplete || length >= SCREEN) return true;
    return length > 0 && performance.now() - this.begunAt > PATIENCE;
  }

  /** Goes back to the last valid expression. If there is none, what has been found stays. */
  private endEarly(stop: Stop): void {
    this.stop.value = this.described(stop);
    if (this.sound) this.current = this.sound;
    this.sound = undefined;
    this.view = this.current.view;
    this.goOn();
  }

  private described(stop: Stop): FilterStop {
    if (stop.type !== 'stuck') return stop;
    const { store } = this;
    const { row, pattern } = stop;
    const place = row - store.firstRow + 1;
    return { type: 'stuck', pattern, place, time: store.time(row), size: store.size(row) };
  }

  private scan(expression: Expression | undefined): Scan {
    const terms = this.termsWith(expression);
    const engine = filterEngine();
    // Until it is loaded everything is shown, but nobody types that fast.
    if (terms.length === 0 || !engine)
      return { terms, expression, view: new AllRows(this.store), search: undefined, filter: undefined };
    const onProgress = () => {
      if (this.current.search !== search) return;
      this.advance(this.isInHaste ? STEP : STEP_BESIDE_PICTURES);
      this.draw(false);
    };
    const { search, filter } = engine.searchFor(allOf(terms), this.searchParts(onProgress));
    return { terms, expression, view: search.view, search, filter };
  }

  protected searchParts(onProgress: () => void): SearchParts {
    return { store: this.store, now: this.writtenAt, host: this.runHost, onProgress };
  }
}
