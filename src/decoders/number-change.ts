/** A number as it stands in JSON (RFC 8259 §6), its parts apart. */
const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
/** Digits after which a number is left alone: `1e999` written out would be a text without end. */
const MOST_DIGITS = 60;

/** A number without rounding: `units` × 10^−`places`. */
interface Decimal {
  readonly units: bigint;
  readonly places: number;
}

/** Whether a text is what JSON calls a number. */
export function isNumber(text: string): boolean {
  return NUMBER.test(text);
}

/**
 * By how much a number differs from an earlier one, exactly and with as many decimal places as the more precise of the two
 * has: `−2.26`, `+1`, `+0.10`.
 * @param before @param after as they stand in the source
 * @returns undefined where nothing changed, where one is no number, and where the difference would be too long to read
 */
export function numberChange(before: string, after: string): string | undefined {
  const [old, now] = [decimalOf(before), decimalOf(after)];
  if (!old || !now) return undefined;
  const places = Math.max(old.places, now.places);
  const change = unitsAt(now, places) - unitsAt(old, places);
  if (change === 0n) return undefined;
  const digits = (change < 0n ? -change : change).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const text = places === 0 ? whole : `${whole}.${digits.slice(-places)}`;
  return text.length > MOST_DIGITS ? undefined : `${change < 0n ? '−' : '+'}${text}`;
}

function decimalOf(source: string): Decimal | undefined {
  const match = source.length <= MOST_DIGITS ? NUMBER.exec(source) : null;
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const places = fraction.length - Number(exponent);
  if (Math.abs(places) > MOST_DIGITS) return undefined;
  const units = BigInt(whole + fraction) * (sign ? -1n : 1n);
  return places < 0 ? { units: units * 10n ** BigInt(-places), places: 0 } : { units, places };
}

function unitsAt({ units, places }: Decimal, wanted: number): bigint {
  return units * 10n ** BigInt(wanted - places);
}
