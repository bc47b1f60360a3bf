import type { BlockRuns } from '../blocks/block-runs.ts';
import type { Column } from './columns.ts';

/** Rows between two sums that are kept, as a power of two. */
const GROUP_BITS = 3;
const GROUP = 1 << GROUP_BITS;

/**
 * The unit of its block at which each payload starts, in four bytes a row. If payloads follow each other without a gap, as they usually do, that
 * is known from their lengths: once settled it takes half a byte a row, and none where all are of one length.
 */
export class Starts {
  private exact: Uint32Array | undefined;
  /** Units of all rows before the first of each group. */
  private sums = new Uint32Array();
  private bases: Bases | undefined;

  constructor(
    private readonly rows: number,
    private readonly lengths: Column,
  ) {
    this.exact = new Uint32Array(rows);
  }

  /** Each payload of a block starts where the previous one ends. */
  get isTight(): boolean {
    return this.exact === undefined;
  }

  get(at: number): number {
    if (this.exact) return this.exact[at] ?? 0;
    return (this.bases?.at(at) ?? 0) + this.unitsBefore(at);
  }

  /** The last place from `from` up to `to` whose payload starts at or before a unit, where they follow each other in one block. */
  placeOf(unit: number, from: number, to: number): number {
    const { common } = this.lengths;
    if (!this.exact && common !== undefined) {
      const rows = Math.floor((unit - this.get(from)) / common);
      return Math.min(to - 1, from + Math.max(0, rows));
    }
    // In steps that double until one is too wide: the place is mostly near.
    let at = from;
    let step = 1;
    for (; at + step < to && this.get(at + step) <= unit; step *= 2) at += step;
    for (; step >= 1; step = Math.floor(step / 2)) {
      if (at + step < to && this.get(at + step) <= unit) at += step;
    }
    return at;
  }

  set(at: number, start: number): void {
    this.unsettle();
    if (this.exact) this.exact[at] = start;
  }

  /** To be called before a length changes. */
  unsettle(): void {
    if (this.exact) return;
    this.exact = Uint32Array.from({ length: this.rows }, (_, at) => this.get(at));
    this.sums = new Uint32Array();
    this.bases = undefined;
  }

  /** From now on hardly anything is set. @param runs of the blocks that all rows are in */
  settle(runs: BlockRuns): void {
    const { exact, lengths } = this;
    if (!exact) return;
    if (lengths.common === undefined) this.sums = this.summed();
    const bases = new Bases(runs, (first) => (exact[first] ?? 0) - this.unitsBefore(first));
    if (this.areAll(exact, bases)) {
      this.bases = bases;
      this.exact = undefined;
    } else {
      this.sums = new Uint32Array();
    }
  }

  private areAll(exact: Uint32Array, bases: Bases): boolean {
    let sum = 0;
    for (let at = 0; at < this.rows; at++) {
      const length = this.lengths.get(at);
      // An empty payload is nowhere.
      if (length > 0 && exact[at] !== bases.at(at) + sum) return false;
      sum += length;
    }
    return true;
  }

  private summed(): Uint32Array<ArrayBuffer> {
    const sums = new Uint32Array(Math.ceil(this.rows / GROUP));
    let sum = 0;
    for (let at = 0; at < this.rows; at++) {
      if (at % GROUP === 0) sums[at / GROUP] = sum;
      sum += this.lengths.get(at);
    }
    return sums;
  }

  /** Units of all rows before this one, whichever block they are in. */
  private unitsBefore(at: number): number {
    const { lengths } = this;
    if (lengths.common !== undefined) return at * lengths.common;
    const group = at >>> GROUP_BITS;
    let sum = this.sums[group] ?? 0;
    for (let before = group << GROUP_BITS; before < at; before++) sum += lengths.get(before);
    return sum;
  }
}

/** For each run of rows in one block, the unit at which the block begins, counted in all units of all rows. */
class Bases {
  private readonly bases: number[];

  constructor(
    private readonly runs: BlockRuns,
    baseOf: (first: number) => number,
  ) {
    this.bases = runs.firstPlaces.map(baseOf);
  }

  at(at: number): number {
    return this.bases[this.runs.indexOf(at)] ?? 0;
  }
}
