/** What to search for. */
export interface FindQuery {
  readonly text: string;
  readonly isRegex: boolean;
  readonly matchesCase: boolean;
}
