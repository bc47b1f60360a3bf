import { signal } from '@preact/signals';
import { FrameKind } from '../../protocol/frames.ts';
import type { FrameStore } from '../../store/frame-store.ts';
import { FrameView, type RowTest, type StretchTest } from '../../store/frame-view.ts';
import type { Expression } from '../../store/query/expression.ts';
import { compileFilter } from '../../store/query/match.ts';
import { parseFilter } from '../../store/query/parse.ts';
import type { FilterProblem } from '../../store/query/problems.ts';
import type { FrameSource } from '../../store/query/source.ts';

/** The quick choice beside the filter box. */
export type Direction = 'all' | 'sent' | 'received' | 'events';

/** ms of one step through rows that have not been looked at. */
const STEP = 8;

/** Which rows are seen: socket, direction and filter expression together. */
export class Filter {
  /** Panel-wide number; undefined shows all sockets. */
  readonly socket = signal<number | undefined>(undefined);
  readonly direction = signal<Direction>('all');
  /** What stands in the filter box. */
  readonly text = signal('');
  /** Why that is not an expression; the last sound one stays in force. */
  readonly problem = signal<FilterProblem | undefined>(undefined);
  private expression: Expression | undefined = undefined;
  view: FrameView;

  constructor(
    private store: FrameStore,
    private readonly sourceOf: (store: FrameStore) => FrameSource,
    private readonly onChange: () => void,
  ) {
    this.view = new FrameView(store, undefined);
  }

  /** Goes on with another store, the old one having been cleared. */
  useStore(store: FrameStore): void {
    if (store === this.store) return;
    this.store = store;
    this.rebuild();
  }

  showSocket(socket: number | undefined): void {
    this.socket.value = socket;
    this.rebuild();
  }

  showDirection(direction: Direction): void {
    this.direction.value = direction;
    this.rebuild();
  }

  /** Takes what was typed; a wrong expression changes nothing but says why. */
  setText(text: string): void {
    this.text.value = text;
    const result = parseFilter(text);
    if (!result.ok) {
      this.problem.value = result.problem;
      return;
    }
    this.problem.value = undefined;
    this.expression = result.expression;
    this.rebuild();
  }

  get isActive(): boolean {
    return this.socket.value !== undefined || this.direction.value !== 'all' || this.expression !== undefined;
  }

  /** Looks at new rows for a moment; the rest follows with the next call. */
  extend(): void {
    this.view.extend(STEP);
  }

  private rebuild(): void {
    const tests = [this.socketTest(), this.directionTest(), this.expressionTest()].filter(
      (test) => test !== undefined,
    );
    this.view = new FrameView(this.store, all(tests), this.stretchTest());
    this.view.extend(STEP);
    this.onChange();
  }

  private expressionTest(): RowTest | undefined {
    if (!this.expression) return undefined;
    const matches = compileFilter(this.expression);
    const source = this.sourceOf(this.store);
    return (row) => matches(source, row);
  }

  private socketTest(): RowTest | undefined {
    const { store } = this;
    const socket = this.socket.value;
    return socket === undefined ? undefined : (row) => store.socket(row) === socket;
  }

  /** Whether a stretch has the chosen socket and direction at all. */
  private stretchTest(): StretchTest {
    const socket = this.socket.value;
    const kinds = DIRECTION_KINDS[this.direction.value];
    return (stretch) => (stretch.kinds & kinds) !== 0 && (socket === undefined || stretch.hasSocket(socket));
  }

  private directionTest(): RowTest | undefined {
    const { store } = this;
    switch (this.direction.value) {
      case 'all':
        return undefined;
      case 'sent':
        return (row) => isSent(store.kind(row));
      case 'received':
        return (row) => isReceived(store.kind(row));
      case 'events':
        return (row) => store.kind(row) >= FrameKind.open;
    }
  }
}

/** Bit `1 << kind` for each kind of a direction. */
const DIRECTION_KINDS: Readonly<Record<Direction, number>> = {
  all: ~0,
  sent: (1 << FrameKind.sentText) | (1 << FrameKind.sentBinary),
  received: (1 << FrameKind.receivedText) | (1 << FrameKind.receivedBinary),
  events: ~0 << FrameKind.open,
};

export function isSent(kind: FrameKind): boolean {
  return kind === FrameKind.sentText || kind === FrameKind.sentBinary;
}

export function isReceived(kind: FrameKind): boolean {
  return kind === FrameKind.receivedText || kind === FrameKind.receivedBinary;
}

/** True for rows that carry a message, as against open, error, close and gap. */
export function isMessage(kind: FrameKind): boolean {
  return isSent(kind) || isReceived(kind);
}

function all(tests: readonly RowTest[]): RowTest | undefined {
  const [first, second] = tests;
  if (!first || !second) return first;
  return (row) => tests.every((test) => test(row));
}
