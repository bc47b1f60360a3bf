/** Every so many-th trade has this in it. */
export const RARE = { every: 1000, text: 'XLON' } as const;

/** Of four trades one has this in it. */
export const FREQUENT = { every: 4, text: 'XNYS' } as const;

const VENUES = ['XBT1', 'XNYS', 'XETR', 'XTKS'];
/** Length of a trade. */
export const TRADE_BYTES = 110;
const TEXTS = 4096;

interface Trades {
  readonly usual: readonly string[];
  readonly rare: string;
}

/** By their length. Made once: what making them costs is not the extension's. Each is a string of its own, as those of a browser are. */
const made = new Map<number, Trades>();

/** A trade, as a ticker sends them. */
export function tradeText(index: number, bytes = TRADE_BYTES): string {
  const { usual, rare } = made.get(bytes) ?? makeTrades(bytes);
  return index % RARE.every === 0 ? rare : (usual[index % TEXTS] ?? '');
}

function makeTrades(bytes: number): Trades {
  const usual = Array.from({ length: TEXTS }, (_, seq) => flat(makeTrade(seq, bytes)));
  const rare = flat(makeTrade(0, bytes).replace(/"venue":"\w+"/, `"venue":"${RARE.text}"`));
  const trades = { usual, rare };
  made.set(bytes, trades);
  return trades;
}

function makeTrade(seq: number, bytes: number): string {
  const venue = VENUES[seq % VENUES.length];
  const price = (64_000 + seq / 8).toFixed(3);
  const head = `{"type":"trade","symbol":"BTC-USD","price":${price},"size":0.5021,"seq":${seq},"venue":"${venue}","pad":"`;
  return `${head}${'x'.repeat(bytes - 2 - head.length)}"}`;
}

/** Engines keep a concatenated string as its parts until it is read. */
function flat(text: string): string {
  return JSON.parse(JSON.stringify(text));
}
