import { signal } from '@preact/signals';
import { remember, remembered } from '../../platform/remembered.ts';
import { type Draft, originOf } from './composer.ts';
import { isFormat } from './kept-drafts.ts';

const KEY = 'sent-messages';
/** ms after which a sent message is forgotten. */
const LIFE = 30 * 24 * 60 * 60_000;
/** Messages to one origin. */
const MOST = 50;
/** Messages to all origins. */
const MOST_IN_ALL = 500;
/** UTF-16 units; longer messages are not stored. */
const LONGEST = 50_000;
/** UTF-16 units of all messages together. */
const ROOM = 1_000_000;

/** A message as it was written, before variables were filled in. */
export interface SentMessage extends Draft {
  /** Of the socket. */
  readonly origin: string;
  /** ms since the epoch */
  readonly at: number;
}

/** What was sent from the composer, the newest first. */
export class History {
  readonly messages = signal<readonly SentMessage[]>([]);
  private isKept = false;

  /** From now on messages outlive the panel, and those of earlier panels are loaded. */
  keep(now = Date.now()): void {
    this.isKept = true;
    this.messages.value = bounded([...this.messages.value, ...read()], now);
  }

  add(draft: Draft, url: string, now = Date.now()): void {
    if (draft.text === '' || draft.text.length > LONGEST) return;
    const known = this.isKept ? read() : this.messages.value;
    const { text, format } = draft;
    this.write([{ text, format, origin: originOf(url), at: now }, ...known], now);
  }

  /** The messages to the origin of an address. */
  of(url: string | undefined): readonly SentMessage[] {
    const origin = originOf(url ?? '');
    return this.messages.value.filter((message) => message.origin === origin);
  }

  /** Forgets the messages to the origin of an address. @returns them */
  forget(url: string): readonly SentMessage[] {
    const origin = originOf(url);
    const known = this.isKept ? read() : this.messages.value;
    this.write(
      known.filter((message) => message.origin !== origin),
      Date.now(),
    );
    return known.filter((message) => message.origin === origin);
  }

  /** Undoes a {@link forget}. */
  restore(forgotten: readonly SentMessage[]): void {
    const known = this.isKept ? read() : this.messages.value;
    const all = [...known, ...forgotten].sort((one, other) => other.at - one.at);
    this.write(all, Date.now());
  }

  private write(messages: readonly SentMessage[], now: number): void {
    this.messages.value = bounded(messages, now);
    if (this.isKept) remember(KEY, this.messages.value);
  }
}

/** The newest messages of each origin, as many as there is room for. */
function bounded(messages: readonly SentMessage[], now: number): SentMessage[] {
  const seen = new Set<string>();
  const counts = new Map<string, number>();
  let room = ROOM;
  const fitting = messages.filter(({ text, format, origin, at }) => {
    const name = JSON.stringify([origin, format, text]);
    const count = counts.get(origin) ?? 0;
    if (seen.has(name) || count >= MOST || now - at > LIFE || text.length > room) return false;
    seen.add(name);
    counts.set(origin, count + 1);
    room -= text.length;
    return true;
  });
  return fitting.slice(0, MOST_IN_ALL);
}

function read(): SentMessage[] {
  const stored = remembered(KEY);
  return Array.isArray(stored) ? stored.flatMap((item) => sentMessage(item) ?? []) : [];
}

function sentMessage(item: unknown): SentMessage | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const { text, format, origin, at }: Readonly<Record<string, unknown>> = { ...item };
  if (typeof text !== 'string' || typeof origin !== 'string' || typeof at !== 'number') return undefined;
  return isFormat(format) ? { text, format, origin, at } : undefined;
}
