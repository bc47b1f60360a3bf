import { signal } from '@preact/signals';
import type { FrameStore } from '../../../store/frame-store.ts';
import { allOf, type Expression } from '../../../store/query/language/expression.ts';
import type { FilterProblem } from '../../../store/query/language/problems.ts';
import type { ShownTypes } from '../../settings/shown-types.ts';
import { shownTypesTerm } from '../types/shown-types-term.ts';
import type { RunningSearch } from './filter-engine.ts';
import { filterEngine, loadFilterEngine } from './filter-loader.ts';
import { type Direction, type TimeSpan, termsOf } from './filter-terms.ts';
import { FilteredRows, type FilterRunHost } from './filtered-rows.ts';
import type { PanelHelpers } from './search-helpers.ts';

/** What the filter needs to know about the panel. */
export interface FilterHost extends FilterRunHost {
  /** Which message types the user wants to see. */
  shownTypes(): ShownTypes;
}

/** Decides which rows are shown: combines socket, direction, time span and filter expression. */
export class Filter extends FilteredRows {
  /** Panel-wide number; undefined shows all sockets. */
  readonly socket = signal<number | undefined>(undefined);
  readonly direction = signal<Direction>('all');
  /** The time span that is shown; undefined shows all. */
  readonly span = signal<TimeSpan | undefined>(undefined);
  /** The text in the filter box. */
  readonly text = signal('');
  /** Why the text is not a valid expression. The last valid one stays in force. */
  readonly problem = signal<FilterProblem | undefined>(undefined);
  private earlier: readonly number[] = [];
  private hides = false;

  constructor(
    store: FrameStore,
    private readonly host: FilterHost,
  ) {
    super(store, host);
  }

  /**
   * Continues with another store after the old one has been cleared.
   * @returns whether it is another one
   */
  useStore(store: FrameStore): boolean {
    if (store === this.store) return false;
    this.store = store;
    this.span.value = undefined; // nothing that arrives from now on would be within it
    this.begin(this.current.expression, false);
    return true;
  }

  /** @param earlier attempts that it reconnects, to be shown with it */
  showSocket(socket: number | undefined, earlier: readonly number[] = []): void {
    this.socket.value = socket;
    this.earlier = earlier;
    this.beginElsewhere();
  }

  /** The socket that has replaced the one that is shown alone; undefined if there is no replacement, or no socket is shown alone. */
  get shownBecame(): number | undefined {
    const { value } = this.socket;
    return value === undefined ? undefined : this.host.socketOf(value)?.becameNumber;
  }

  /** Shows another one in place of the one that is shown, which it reconnects, and together with it. */
  showNextAttempt(socket: number): void {
    const shown = this.socket.value;
    if (shown !== undefined) this.showSocket(socket, [...this.earlier, shown]);
  }

  /** Which sockets are hidden has changed. Rows of new ones need no other search: each asks for its socket. */
  setHiding(hides: boolean): void {
    if (!hides && !this.hides) return;
    this.hides = hides;
    if (this.socket.value === undefined) this.beginElsewhere();
  }

  /** Whether rows of some sockets are left out because these are hidden. */
  get isHiding(): boolean {
    return this.hides;
  }

  /** Which message types are to be seen has changed, or what they are called by. */
  showTypes(): void {
    this.begin(this.current.expression, true);
    this.beginWithEngine();
  }

  /** Whether rows of a socket can be seen, by its panel-wide number. */
  shows(number: number): boolean {
    const { value } = this.socket;
    if (value !== undefined) return number === value || this.earlier.includes(number);
    const socket = this.hides ? this.host.socketOf(number) : undefined;
    return !socket || !this.host.isHidden(socket);
  }

  showDirection(direction: Direction): void {
    this.direction.value = direction;
    this.beginElsewhere();
  }

  showSpan(span: TimeSpan | undefined): void {
    const { value } = this.span;
    if (span?.from === value?.from && span?.to === value?.to) return;
    this.span.value = span;
    this.beginElsewhere();
  }

  /** Applies the typed expression. An invalid one changes nothing and says why. */
  setText(text: string): void {
    this.text.value = text;
    const engine = filterEngine();
    if (!engine) {
      void loadFilterEngine().then(() => this.text.value === text && this.setText(text));
      return;
    }
    const result = engine.parseFilter(text);
    if (!result.ok) {
      this.problem.value = result.problem;
      return;
    }
    this.problem.value = undefined;
    this.writtenAt = Date.now();
    this.begin(result.expression, true);
  }

  get helpers(): PanelHelpers {
    return this.host.helpers;
  }

  /** A search among the rows that are shown. The caller runs its steps. */
  searchWithin(term: Expression, onProgress: () => void): RunningSearch | undefined {
    return filterEngine()?.searchFor(allOf([...this.terms, term]), this.searchParts(onProgress));
  }

  private beginElsewhere(): void {
    this.begin(this.current.expression, false);
    this.beginWithEngine();
  }

  /** Starts over once the code that parses and runs filters has been loaded, if it was missing. */
  private beginWithEngine(): void {
    if (!filterEngine()) void loadFilterEngine().then(() => this.begin(this.current.expression, false));
  }

  protected override termsWith(expression: Expression | undefined): Expression[] {
    const shown = this.socket.value;
    const own = termsOf({
      hides: this.hides,
      sockets: shown === undefined ? [] : [...this.earlier, shown],
      direction: this.direction.value,
      span: this.span.value,
    });
    return [...own, shownTypesTerm(this.host.shownTypes()), expression].filter((term) => term !== undefined);
  }
}
