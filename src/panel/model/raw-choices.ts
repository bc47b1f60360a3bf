import { type Signal, signal } from '@preact/signals';
import { remember, remembered } from '../remembered.ts';

/** How people want to have raw text laid out; kept for the next frame and the next session. */
export class RawChoices {
  /** Whether long lines go on in the next row. */
  readonly wraps = choice('raw-wraps', true);
  /** Whether JSON is laid out anew. */
  readonly isPretty = choice('raw-pretty', false);
}

function choice(key: string, usual: boolean): Signal<boolean> {
  const stored = remembered(key);
  const chosen = signal(typeof stored === 'boolean' ? stored : usual);
  chosen.subscribe((isOn) => {
    if (isOn !== remembered(key) && (isOn !== usual || remembered(key) !== undefined)) remember(key, isOn);
  });
  return chosen;
}
