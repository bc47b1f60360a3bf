import { fieldsOf, listOf, textUpTo } from './shapes.ts';

/** Which messages the user wants to see, by the keys of their types. */
export interface ShownTypes {
  readonly hidden: readonly string[];
  /** If there are any, no others are shown. */
  readonly only: readonly string[];
}

const keys = listOf(textUpTo(100));

export const shownTypes = fieldsOf<ShownTypes>({ hidden: keys, only: keys });

export const ALL_TYPES: ShownTypes = { hidden: [], only: [] };

export function hidesTypes({ hidden, only }: ShownTypes): boolean {
  return hidden.length > 0 || only.length > 0;
}
