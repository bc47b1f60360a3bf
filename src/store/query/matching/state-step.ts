import { ReadyState } from '../../../protocol/sockets.ts';
import type { StateName } from '../language/expression.ts';
import { answerOf } from './answer.ts';
import type { RowFacts } from './facts.ts';
import { anywhere, COST, type Step } from './steps.ts';

/** Tests the state of each row's socket, as of the first time it is asked for, so that no answer changes during a search. */
export class StateTest {
  private readonly known = new Map<number, ReadyState | undefined>();

  constructor(private readonly facts: RowFacts) {}

  /** True once the state of such a socket has changed. */
  get isStale(): boolean {
    for (const [socket, state] of this.known) {
      if (this.facts.stateOf(socket) !== state) return true;
    }
    return false;
  }

  step(states: readonly StateName[]): Step {
    const wanted = new Set<ReadyState | undefined>(states.map((state) => ReadyState[state]));
    return {
      cost: COST.url,
      test: (source, row) => answerOf(wanted.has(this.stateOf(source.socket(row)))),
      mayPass: anywhere,
    };
  }

  private stateOf(socket: number): ReadyState | undefined {
    const { known } = this;
    if (!known.has(socket)) known.set(socket, this.facts.stateOf(socket));
    return known.get(socket);
  }
}
