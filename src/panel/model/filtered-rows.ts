import { signal } from '@preact/signals';
import type { FrameStore } from '../../store/frame-store.ts';
import { AllRows, type FrameView } from '../../store/frame-view.ts';
import { allOf, type Expression } from '../../store/query/expression.ts';
import type { CompiledFilter } from '../../store/query/match.ts';
import type { Pattern } from '../../store/query/patterns.ts';
import type { Search } from '../../store/search/search.ts';
import type { Stop } from '../../store/search/search-later.ts';
import type { Turns } from '../platform/turns.ts';
import type { SearchHost, SearchParts } from './filter-engine.ts';
import { filterEngine } from './filter-loader.ts';

/** ms of one step through rows that have not been looked at: each turn costs something besides, so they are long while there is no picture between two. */
const STEP = 3;
/** ms of one where there may be a picture before it. */
const STEP_BESIDE_PICTURES = 2;
/** ms of the first one. The key that was typed waits for it, and for whatever else it leads to, the first time in code that is cold. */
const FIRST_STEP = 1;
/** More rows than fit on a screen. */
const SCREEN = 100;
/** ms for which rows found before stay, if there are some new ones but not that many. */
const PATIENCE = 40;
/** ms in which most searches are over: until then there is no picture, as one that shows all costs no more than one that shows some. */
const HASTE = 28;
/** ms between two pictures of a search */
const PICTURE_INTERVAL = 100;

/** ms between two searches for sockets in a state, at least, as states change. */
const RENEWAL_INTERVAL = 250;

/** What a filter shows. */
interface Scan {
  readonly terms: readonly Expression[];
  readonly expression: Expression | undefined;
  readonly view: FrameView;
  /** undefined where everything passes */
  readonly search: Search | undefined;
  readonly filter: CompiledFilter | undefined;
}

/** Why a search has ended before its end. */
export type FilterStop =
  | {
      readonly type: 'stuck';
      readonly pattern: Pattern;
      /** Number of the frame in which that was, among all that were there, from 1. */
      readonly place: number;
      /** ms since the epoch */
      readonly time: number;
      /** bytes on the wire */
      readonly size: number;
    }
  | { readonly type: 'failed'; readonly reason: string };

/** What a search for what passes a filter needs of the panel. */
export interface FilterRunHost extends SearchHost {
  readonly turns: Turns;
  /** Told when there is something to draw. The user waits for it if it is urgent. */
  readonly onChange: (isUrgent: boolean) => void;
}

/** The rows that pass a filter, as far as they have been looked at: the search for them, and when there is something to draw of it. */
export abstract class FilteredRows {
  /** Why the search for it has ended early; what was found before stays. */
  readonly stop = signal<FilterStop | undefined>(undefined);
  /** The rows that are shown. */
  view: FrameView;
  protected current: Scan;
  /** The last one that has gone through everything, while the current one has not. */
  private sound: Scan | undefined;
  private begunAt = 0;
  private drawnAt = 0;
  /** A picture has been put off. */
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

  /** All that is asked of a row. */
  protected abstract termsWith(expression: Expression | undefined): Expression[];

  /** What is asked of the rows that are shown; empty where all are. It is another list whenever anything changes. */
  get terms(): readonly Expression[] {
    return this.current.terms;
  }

  get isActive(): boolean {
    return this.current.search !== undefined;
  }

  /** How many rows pass, as far as is known. */
  get found(): number {
    return this.current.view.length;
  }

  /** True if {@link found} are all there are, but for rows that have only just come. */
  get isCurrent(): boolean {
    return this.current.search?.isCurrent !== false;
  }

  /** True if no more of the rows that are there will be found: all have been looked at, or the search has been stopped. */
  get isSettled(): boolean {
    const { search } = this.current;
    return !search || search.isComplete || search.stop !== undefined;
  }

  /** Looks at rows that have only just come, so that they are in the picture that is about to be drawn. */
  extend(): void {
    if (this.isCurrent) this.advance(STEP_BESIDE_PICTURES);
  }

  /** Looks at new rows in a turn of its own, if there are any. */
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

  /** Searches anew, because sockets are in other states than before. */
  private renew(): void {
    this.renewal ??= setTimeout(
      () => {
        this.renewal = undefined;
        if (this.current.filter?.isStale) this.begin(this.current.expression, true);
      },
      Math.max(0, this.begunAt + RENEWAL_INTERVAL - performance.now()),
    );
  }

  /** @param isSamePlace what was found before stays in sight until there is something else to see */
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

  /** Pictures cost as much as searching does: while older rows are found, there are few. */
  private draw(isNew: boolean): void {
    const now = performance.now();
    this.isPictureDue = isNew && this.isUnderWay && this.isInHaste;
    if (this.isPictureDue) return;
    if (!isNew && !this.isCurrent && now - this.drawnAt < PICTURE_INTERVAL) return;
    this.drawnAt = now;
    this.runHost.onChange(isNew);
  }

  /** It has only just begun, and nothing is drawn yet. */
  private get isInHaste(): boolean {
    return performance.now() - this.begunAt < HASTE;
  }

  /** The search goes on by itself, with the next turn. */
  private get isUnderWay(): boolean {
    return !this.isSettled && this.current.search?.isWaiting === false;
  }

  private isToBeShown(search: Search): boolean {
    const { length } = search.view;
    if (search.wasComplete || length >= SCREEN) return true;
    return length > 0 && performance.now() - this.begunAt > PATIENCE;
  }

  /** Goes back to the last sound expression; if there is none, what has been found is shown. */
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
    // Without it everything is shown until it is there; nobody is as fast as that.
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
