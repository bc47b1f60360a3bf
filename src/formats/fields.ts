/** An object of a file whose fields nobody has checked. */
export type Fields = Readonly<Record<string, unknown>>;

/** Thrown for a field of the wrong type or value; caught where the line is read. */
export class BadField extends Error {
  constructor(readonly field: string) {
    super(field);
  }
}

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text; empty if the field is missing. */
export function textIn(fields: Fields, name: string): string {
  const value = fields[name];
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw new BadField(name);
  return value;
}

/** A whole number that is not negative and safe to count with: half a frame would make a ledger untrue. */
export function amountIn(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new BadField(name);
  return value;
}

export function optionalAmountIn(fields: Fields, name: string): number | undefined {
  const value = fields[name];
  return value === undefined || value === null ? undefined : amountIn(fields, name);
}

/** A time, in ms since the epoch, that a `Date` can represent. https://tc39.es/ecma262/#sec-time-values-and-time-range */
export function timeIn(fields: Fields, name: string): number {
  const time = fields[name];
  if (typeof time !== 'number' || !(time >= 0 && time <= 8.64e15)) throw new BadField(name);
  return time;
}

export function optionalTimeIn(fields: Fields, name: string): number | undefined {
  const value = fields[name];
  return value === undefined || value === null ? undefined : timeIn(fields, name);
}

/** The name of a table for a text of the file; what is not among them is wrong. */
export function oneOf<Value extends string>(fields: Fields, name: string, values: readonly Value[]): Value {
  const value = values.find((each) => each === fields[name]);
  if (value === undefined) throw new BadField(name);
  return value;
}
