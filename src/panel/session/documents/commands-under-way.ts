import type { Refusal } from '../../../protocol/messages.ts';

/** Why a command was not carried out; `unanswered`: the connection has ended, and whether it was, nobody has said. */
export type CommandRefusal = Refusal | { readonly reason: 'no-connection' | 'unanswered' | 'read-only' };

/** Commands that a page may leave without an answer, as one whose script does not come to an end does. */
const MOST = 1000;

/** The commands of one document that have not been answered. */
export class CommandsUnderWay {
  private last = 0;
  private readonly waiting = new Map<number, (refusal: CommandRefusal | undefined) => void>();

  get isFull(): boolean {
    return this.waiting.size >= MOST;
  }

  /**
   * @param post sends the command under its number; returns why not, if it could not
   * @returns why it was not carried out, or undefined if it was
   */
  run(post: (id: number) => string | undefined): Promise<CommandRefusal | undefined> {
    const id = ++this.last;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      const problem = post(id);
      if (problem !== undefined) this.answer(id, { reason: 'browser', message: problem });
    });
  }

  answer(id: number, refusal: CommandRefusal | undefined): void {
    this.waiting.get(id)?.(refusal);
    this.waiting.delete(id);
  }

  /** The connection has ended: no answer will come. A page may have done what it was told to; nothing is sent a second time. */
  giveUp(): void {
    for (const resolve of this.waiting.values()) resolve({ reason: 'unanswered' });
    this.waiting.clear();
  }
}
