/** Trades a second a page gets when it does not ask for a rate. */
export const DEFAULT_RATE = 5;

/** The most trades a second a page may ask for. */
export const MAX_RATE = 20_000;

/** The most trades one burst may hold. */
export const MAX_BURST = 1_000_000;
