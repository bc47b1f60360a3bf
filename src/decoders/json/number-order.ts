/** Characters of numbers that are never rounded to the same double, unless they are as near to 0 as this. */
const EXACT_LENGTH = 15;
const LEAST_EXACT = 1e-300;
const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/**
 * Puts two numbers in order, as they are written in JSON: to their last digit, however many they have.
 * @returns negative if the first is smaller, 0 if they are equal, NaN if one is no number
 */
export function orderOfNumbers(a: string, b: string): number {
  const [first, second] = [Number(a), Number(b)];
  if (first < second) return -1;
  if (first > second) return 1;
  const areShort = a.length <= EXACT_LENGTH && b.length <= EXACT_LENGTH;
  const areExact = areShort && Math.abs(first) > LEAST_EXACT && Number.isFinite(first);
  return a === b || areExact ? 0 : orderOfDecimals(a, b);
}

/** A number without its sign: 0.`digits` × 10^`magnitude`; no digits for 0, else the first and the last is none. */
interface Decimal {
  readonly isNegative: boolean;
  readonly digits: string;
  readonly magnitude: number;
}

function decimalOf(text: string): Decimal | undefined {
  const [, sign, whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  if (sign === undefined) return undefined;
  const all = whole + fraction;
  const digits = all.replace(/^0+/, '');
  const magnitude = whole.length + Number(exponent) - (all.length - digits.length);
  return { isNegative: sign === '-', digits: withoutLastZeros(digits), magnitude };
}

/** An expression that looks for them would go through every other run of zeros from each of its zeros on. */
function withoutLastZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}

function orderOfDecimals(a: string, b: string): number {
  const [first, second] = [decimalOf(a), decimalOf(b)];
  if (!first || !second) return Number.NaN;
  const [one, other] = [signOf(first), signOf(second)];
  if (one !== other || one === 0) return one - other;
  return one * orderOfSizes(first, second);
}

function signOf({ digits, isNegative }: Decimal): number {
  if (digits === '') return 0;
  return isNegative ? -1 : 1;
}

function orderOfSizes(a: Decimal, b: Decimal): number {
  if (a.magnitude !== b.magnitude) return a.magnitude < b.magnitude ? -1 : 1;
  if (a.digits === b.digits) return 0;
  return a.digits < b.digits ? -1 : 1;
}
