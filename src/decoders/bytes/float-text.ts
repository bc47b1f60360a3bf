/** A floating point number of eight bytes in the fewest digits that no other one has. */
export function doubleText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Digits after which texts of numbers of four bytes begin to differ, and that suffice for all of them. */
const SINGLE_DIGITS = { least: 6, most: 9 };

/** A floating point number of four bytes in no more digits than it takes to tell it from all others: as a double 0.1 has seventeen. */
export function singleText(value: number): string {
  if (value === 0) return doubleText(value);
  for (let digits = SINGLE_DIGITS.least; digits < SINGLE_DIGITS.most; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Object.is(Math.fround(rounded), value)) return doubleText(rounded);
  }
  return doubleText(Number(value.toPrecision(SINGLE_DIGITS.most)));
}
