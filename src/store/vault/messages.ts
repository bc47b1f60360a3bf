import type { BlockContent } from '../blocks/block-content.ts';
import type { Coding } from './coding.ts';

/** The place of a block on disk. */
export interface DiskPlace {
  /** Number of the file. */
  readonly volume: number;
  /** byte of the file */
  readonly offset: number;
  /** bytes */
  readonly length: number;
  readonly coding: Coding;
  readonly check: number;
}

/** Requests of the panel to the worker; each has one answer, in order. */
export type Ask =
  | { readonly type: 'open'; readonly name: string; readonly lock: string }
  | { readonly type: 'write'; readonly volume: number; readonly content: BlockContent }
  | { readonly type: 'read'; readonly place: DiskPlace }
  | { readonly type: 'drop'; readonly volume: number }
  | { readonly type: 'close' };

/**
 * `quota`: the browser allows no more space. `broken`: what was read is not what was written. `no-memory`: the
 * worker had none for this block, and others are as they were. `no-disk`: nothing can be kept at all.
 */
export type DiskTrouble = 'quota' | 'broken' | 'no-memory' | 'no-disk';

export type Answer =
  | { readonly type: 'done' }
  | { readonly type: 'written'; readonly place: DiskPlace }
  | { readonly type: 'content'; readonly content: BlockContent }
  | { readonly type: 'failed'; readonly trouble: DiskTrouble };
