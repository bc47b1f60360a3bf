import { type Signal, signal } from '@preact/signals';
import { onRemembered, remember, remembered } from '../platform/remembered.ts';
import type { Setting } from './schema.ts';

interface Kept {
  readonly setting: Setting<unknown>;
  readonly signal: Signal<unknown>;
}

/** The settings in force. Each is a signal, and what is written to it is kept. */
export class Settings {
  /** Called when something that people have made with work is forgotten with the panel, because it could not be stored. */
  onUnkept: () => void = () => undefined;
  private readonly byKey = new Map<string, Kept>();

  constructor() {
    onRemembered((key) => this.takeOver(key));
  }

  /** The signal of a setting. Of a stored value that is none of its own, the sound part counts. */
  of<Value>(setting: Setting<Value>): Signal<Value> {
    const known = this.byKey.get(setting.key)?.signal;
    // A key stands for one setting, and so for one type.
    if (known) return known as Signal<Value>;
    const made = signal(stored(setting) ?? setting.usual);
    let isFirst = true; // a subscription begins with the value that is there
    made.subscribe((value) => {
      if (!isFirst && !remember(setting.key, value) && setting.isWork) this.onUnkept();
      isFirst = false;
    });
    this.byKey.set(setting.key, { setting, signal: made });
    return made;
  }

  /** Another panel has stored a value. */
  private takeOver(key: string): void {
    const kept = this.byKey.get(key);
    const value = kept?.setting.isJoint ? stored(kept.setting) : undefined;
    if (kept && value !== undefined) kept.signal.value = value;
  }
}

function stored<Value>({ key, shape }: Setting<Value>): Value | undefined {
  const value = remembered(key);
  return shape.read(value) ?? shape.salvage?.(value);
}
