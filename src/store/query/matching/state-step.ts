import { ReadyState } from '../../../protocol/sockets.ts';
import type { StateName } from '../language/expression.ts';
import { answerOf } from './answer.ts';
import type { RowFacts } from './facts.ts';
import { anywhere, COST, type Step } from './steps.ts';

/** A test of the state that each row's socket had when it was first asked for, so that no answer changes in the midst of a search. */
export class StateTest {
  private readonly known = new Map<number, ReadyState | undefined>();

  constructor(private readonly facts: RowFacts) {}

  /** True once a socket is in another state than when it was asked for. */
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
