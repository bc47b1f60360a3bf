/** Every so many-th trade has this in it. */
export const RARE = { every: 1000, text: 'XLON' } as const;

/** Of four trades one has this in it. */
export const FREQUENT = { every: 4, text: 'XNYS' } as const;

const VENUES = ['XBT1', 'XNYS', 'XETR', 'XTKS'];
/** Length of a trade. */
export const TRADE_BYTES = 110;
const PAD = 'x'.repeat(TRADE_BYTES);
const TEXTS = 4096;

/** Made once: what making them costs is not the extension's. Each is a string of its own, as those of a browser are. */
let texts: string[] | undefined;

/** A trade of 110 bytes, as a ticker sends them. */
export function tradeText(index: number): string {
  texts ??= Array.from({ length: TEXTS }, (_, seq) => flat(makeTrade(seq)));
  return index % RARE.every === 0 ? rareTrade() : (texts[index % TEXTS] ?? '');
}

let rare: string | undefined;

function rareTrade(): string {
  rare ??= flat(makeTrade(0).replace(/"venue":"\w+"/, `"venue":"${RARE.text}"`));
  return rare;
}

function makeTrade(seq: number): string {
  const venue = VENUES[seq % VENUES.length];
  const price = (64_000 + seq / 8).toFixed(3);
  const head = `{"type":"trade","symbol":"BTC-USD","price":${price},"size":0.5021,"seq":${seq},"venue":"${venue}","pad":"`;
  return `${head}${PAD.slice(0, TRADE_BYTES - 2 - head.length)}"}`;
}

/** Engines keep what was put together as its parts until somebody reads it. */
function flat(text: string): string {
  return JSON.parse(JSON.stringify(text));
}
