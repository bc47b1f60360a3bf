import { type Signal, signal } from '@preact/signals';
import { remember, remembered } from '../platform/remembered.ts';
import type { Setting } from './schema.ts';

/** The settings in force. Each is a signal, and what is written to it is kept. */
export class Settings {
  private readonly signals = new Map<string, Signal<unknown>>();

  /** The signal of a setting. A stored value that is none of its own is passed over. */
  of<Value>(setting: Setting<Value>): Signal<Value> {
    const known = this.signals.get(setting.key);
    // A key stands for one setting, and so for one type.
    if (known) return known as Signal<Value>;
    const made = signal(setting.shape.read(remembered(setting.key)) ?? setting.usual);
    let isFirst = true; // a subscription begins with the value that is there
    made.subscribe((value) => {
      if (!isFirst) remember(setting.key, value);
      isFirst = false;
    });
    this.signals.set(setting.key, made);
    return made;
  }
}
