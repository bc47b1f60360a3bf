/** Finds a text. */
export interface Finder {
  /** The first match at or after `from`, or -1. */
  find(text: string, from: number): number;
  /** A faster equivalent for texts in which characters are as frequent as in this sample. */
  tunedTo?(sample: string): Finder;
}

/** Units of a text among which the rarest is chosen. */
const MOST_CANDIDATES = 32;
/** Places at which the rarest unit stands without the text around it, after which the sample is taken to have been a bad one. */
const MOST_MISSES = 64;

/** How often each unit occurs in a sample; units that differ by a multiple of 256 count as one. */
const counts = new Uint16Array(256);

/**
 * Finds a text as it is written. An engine looks for the first unit of a short text and then compares, so that a text whose first unit is in
 * each row takes it three times as long as one whose first unit hardly any row has. This one can look for any unit of the text.
 */
export class ExactFinder implements Finder {
  private readonly start: string;
  private readonly end: string;

  /** @param place of the unit that is looked for */
  constructor(
    private readonly text: string,
    place = 0,
  ) {
    this.start = text.slice(0, place);
    this.end = text.slice(place);
  }

  find(searched: string, from: number): number {
    const { start, end } = this;
    const place = start.length;
    let at = searched.indexOf(end, from + place);
    for (let misses = 0; at !== -1; misses++) {
      if (isBefore(at, start, searched)) return at - place;
      if (misses === MOST_MISSES) return searched.indexOf(this.text, at - place + 1);
      at = searched.indexOf(end, at + 1);
    }
    return -1;
  }

  tunedTo(sample: string): Finder {
    return new ExactFinder(this.text, rarestPlace(this.text, sample));
  }
}

function isBefore(at: number, start: string, searched: string): boolean {
  const first = at - start.length;
  for (let place = 0; place < start.length; place++) {
    if (searched.charCodeAt(first + place) !== start.charCodeAt(place)) return false;
  }
  return true;
}

/** The place of the unit that is the rarest in a sample; 0 if looking for it would not make much of a difference. */
function rarestPlace(text: string, sample: string): number {
  counts.fill(0);
  for (let at = 0; at < sample.length; at++) {
    const unit = sample.charCodeAt(at) & 255;
    counts[unit] = (counts[unit] ?? 0) + 1;
  }
  const countAt = (place: number) => counts[text.charCodeAt(place) & 255] ?? 0;
  let rarest = 0;
  for (let place = 1; place < Math.min(text.length, MOST_CANDIDATES); place++) {
    if (countAt(place) < countAt(rarest)) rarest = place;
  }
  return 2 * countAt(rarest) < countAt(0) ? rarest : 0;
}
