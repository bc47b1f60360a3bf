import { remember, remembered } from '../../platform/remembered.ts';
import { type ComposerFormat, type Draft, MOST_DRAFTS } from './composer.ts';

const KEY = 'drafts';
/** ms after which a draft is forgotten. */
const LIFE = 14 * 24 * 60 * 60_000;
/** UTF-16 units; a longer draft is lost with the panel. */
const LONGEST = 100_000;
/** UTF-16 units of all drafts together. */
const ROOM = 1_000_000;

interface KeptDraft extends Draft {
  readonly owner: string;
  /** ms since the epoch */
  readonly at: number;
}

/** The stored drafts, the last edited one at the end. */
export function keptDrafts(now = Date.now()): Map<string, Draft> {
  const kept = read().filter(({ at }) => now - at < LIFE);
  return new Map(kept.map(({ owner, text, format }) => [owner, { text, format }]));
}

/** Stores one draft, or removes it. What other panels have stored in the meantime stays. */
export function keepDraft(owner: string, draft: Draft | undefined, now = Date.now()): void {
  const rest = read().filter((other) => other.owner !== owner && now - other.at < LIFE);
  if (draft && draft.text.length <= LONGEST) rest.push({ ...draft, owner, at: now });
  let room = ROOM;
  const fitting = rest
    .slice(-MOST_DRAFTS)
    .reverse()
    .filter(({ text }) => {
      room -= text.length;
      return room >= 0;
    });
  remember(KEY, fitting.reverse());
}

function read(): KeptDraft[] {
  const stored = remembered(KEY);
  return Array.isArray(stored) ? stored.flatMap((item) => keptDraft(item) ?? []) : [];
}

function keptDraft(item: unknown): KeptDraft | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const { owner, text, format, at }: Readonly<Record<string, unknown>> = { ...item };
  if (typeof owner !== 'string' || typeof text !== 'string' || typeof at !== 'number') return undefined;
  return isFormat(format) ? { owner, text, format, at } : undefined;
}

export function isFormat(value: unknown): value is ComposerFormat {
  return value === 'text' || value === 'json' || value === 'base64' || value === 'hex';
}
