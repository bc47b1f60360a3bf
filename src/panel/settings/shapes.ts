/** What a setting can be, checked wherever a value comes from storage or from a file. */
export interface Shape<Value> {
  /** The values it can have, in the notation of a settings file: `"auto" | "light" | "dark"`. */
  readonly expects: string;
  /** The value, or undefined where it is not one of these. */
  read(value: unknown): Value | undefined;
  /** The sound part of a value that is none of them as a whole; undefined where there is none. Shapes without parts have no such function. */
  salvage?(value: unknown): Value | undefined;
}

/** `true` or `false` */
export const truth: Shape<boolean> = {
  expects: 'true | false',
  read: (value) => (typeof value === 'boolean' ? value : undefined),
};

/** Any text. */
export const anyText: Shape<string> = {
  expects: 'text',
  read: (value) => (typeof value === 'string' ? value : undefined),
};

/** A text that is not empty. */
export const someText: Shape<string> = {
  expects: 'text',
  read: (value) => (typeof value === 'string' && value !== '' ? value : undefined),
};

/** One of some words. */
export function oneOf<const Word extends string>(...words: readonly Word[]): Shape<Word> {
  return {
    expects: words.map((word) => JSON.stringify(word)).join(' | '),
    read: (value) => words.find((word) => word === value),
  };
}

/** A text that is not empty and has at most so many UTF-16 units. */
export function textUpTo(most: number): Shape<string> {
  return {
    expects: 'text',
    read: (value) => (typeof value === 'string' && value !== '' && value.length <= most ? value : undefined),
  };
}

/** A whole number from one to another, both included. */
export function wholeNumberFrom(least: number, most: number): Shape<number> {
  return {
    expects: `${least} … ${most}`,
    read: (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
        ? value
        : undefined,
  };
}

/** A field that may be missing. */
export function orElse<Value>({ expects, read }: Shape<Value>, value: Value): Shape<Value> {
  return { expects, read: (given) => (given === undefined ? value : read(given)) };
}

/** An object with just these fields. */
export function fieldsOf<Fields extends object>(
  shapes: {
    readonly [Name in keyof Fields]: Shape<Fields[Name]>;
  },
): Shape<Fields> {
  const entries = Object.entries<Shape<unknown>>(shapes);
  return {
    expects: `{ ${entries.map(([name, { expects }]) => `"${name}": ${expects}`).join(', ')} }`,
    read: (value) => {
      if (!isObject(value)) return undefined;
      const fields: [string, unknown][] = [];
      for (const [name, shape] of entries) {
        const field = shape.read(value[name]);
        if (field === undefined) return undefined;
        fields.push([name, field]);
      }
      return Object.fromEntries(fields) as Fields;
    },
  };
}

/** A list of things of one shape. */
export function listOf<Item>(shape: Shape<Item>): Shape<readonly Item[]> {
  return {
    expects: `[ ${shape.expects}, … ]`,
    read: (value) => {
      if (!Array.isArray(value)) return undefined;
      const items: Item[] = [];
      for (const each of value) {
        const item = shape.read(each);
        if (item === undefined) return undefined;
        items.push(item);
      }
      return items;
    },
    salvage: (value) => {
      if (!Array.isArray(value)) return undefined;
      const items: Item[] = [];
      for (const each of value) {
        const item = shape.read(each);
        if (item !== undefined) items.push(item);
      }
      return items;
    },
  };
}

/** Whatever a function lets pass. */
export function readBy<Value>(expects: string, read: (value: unknown) => Value | undefined): Shape<Value> {
  return { expects, read };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
