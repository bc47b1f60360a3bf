import type { DiffLine, TextPart } from './diff.ts';

/** The lines of a comparison, each built when it is asked for. */
export interface DiffLineList {
  readonly length: number;
  slice(from: number, to: number): readonly DiffLine[];
}

const KINDS = ['same', 'removed', 'added'] as const;

/** The lines of a comparison as columns, which cost next to nothing to hand to another thread, however many there are. */
export interface PackedLines {
  /** The texts of all lines, joined. */
  readonly text: string;
  /** Where the text of each line ends in the joined text, in UTF-16 units. */
  readonly ends: Uint32Array<ArrayBuffer>;
  /** Indexes in `KINDS`. */
  readonly kinds: Uint8Array<ArrayBuffer>;
  /** The numbers of each line in the payload before and after, from 1; 0 if the line is not in that payload. */
  readonly numbers: Uint32Array<ArrayBuffer>;
  /** How many parts are marked up to the end of each line, and the start and end of each part. */
  readonly partEnds: Uint32Array<ArrayBuffer>;
  readonly parts: Uint32Array<ArrayBuffer>;
}

export function packLines(lines: readonly DiffLine[]): PackedLines {
  const { length } = lines;
  const packed: PackedLines = {
    text: lines.map(({ text }) => text).join(''),
    ends: new Uint32Array(length),
    kinds: new Uint8Array(length),
    numbers: new Uint32Array(2 * length),
    partEnds: new Uint32Array(length),
    parts: new Uint32Array(2 * lines.reduce((sum, { changed }) => sum + changed.length, 0)),
  };
  let [end, parts] = [0, 0];
  for (const [index, { text, kind, before, after, changed }] of lines.entries()) {
    end += text.length;
    packed.ends[index] = end;
    packed.kinds[index] = KINDS.indexOf(kind);
    packed.numbers.set([before ?? 0, after ?? 0], 2 * index);
    for (const part of changed) packed.parts.set([part.start, part.end], 2 * parts++);
    packed.partEnds[index] = parts;
  }
  return packed;
}

/** The buffers of {@link PackedLines}, to be transferred to another thread instead of copied. */
export function buffersOf({ ends, kinds, numbers, partEnds, parts }: PackedLines): ArrayBuffer[] {
  return [ends.buffer, kinds.buffer, numbers.buffer, partEnds.buffer, parts.buffer];
}

export class UnpackedLines implements DiffLineList {
  constructor(private readonly packed: PackedLines) {}

  get length(): number {
    return this.packed.ends.length;
  }

  slice(from: number, to: number): readonly DiffLine[] {
    const lines: DiffLine[] = [];
    for (let index = from; index < Math.min(to, this.length); index++) lines.push(this.lineAt(index));
    return lines;
  }

  private lineAt(index: number): DiffLine {
    const { text, ends, kinds, numbers } = this.packed;
    return {
      kind: KINDS[kinds[index] ?? 0] ?? 'same',
      text: text.slice(ends[index - 1] ?? 0, ends[index]),
      before: numbers[2 * index] || undefined,
      after: numbers[2 * index + 1] || undefined,
      changed: this.partsOf(index),
    };
  }

  private partsOf(index: number): readonly TextPart[] {
    const { partEnds, parts } = this.packed;
    const found: TextPart[] = [];
    for (let part = partEnds[index - 1] ?? 0; part < (partEnds[index] ?? 0); part++)
      found.push({ start: parts[2 * part] ?? 0, end: parts[2 * part + 1] ?? 0 });
    return found;
  }
}
