import { placesIn, testContents } from '../../store/query/matching/row-contents.ts';
import type { WorkerAnswer, WorkerReport, WorkerRequest, WorkerTask } from './messages.ts';

/** ms between two words about a step */
const WORD_INTERVAL = 50;

/** Does what is asked, and tells how far it is. */
export class Performer {
  private texts: string[] = [];

  constructor(
    private readonly report: (report: WorkerReport) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** @returns the answer, once there is a whole task */
  take(request: WorkerRequest): WorkerAnswer | undefined {
    switch (request.type) {
      case 'text':
        this.texts.push(request.text);
        return undefined;
      case 'task':
        return this.perform(request.task, request.tellsAll);
    }
  }

  private perform(task: WorkerTask, tellsAll: boolean): WorkerAnswer {
    const contents = { ...task.contents, text: [...this.texts, task.contents.text].join('') };
    this.texts = [];
    let toldAt = Number.NEGATIVE_INFINITY;
    const onStep = (step: number) => {
      if (!tellsAll && this.now() - toldAt < WORD_INTERVAL) return;
      toldAt = this.now();
      this.report({ type: 'step', step });
    };
    const [first] = task.patterns;
    if (task.wantsPlaces && first) {
      return { type: 'patterns', found: new Uint8Array(), places: placesIn(first, contents, onStep) };
    }
    return { type: 'patterns', found: testContents(task.patterns, contents, onStep) };
  }
}
