interface Instrument {
  readonly symbol: string;
  readonly decimals: number;
  price: number;
}

/** The first sequence number: 2^53 + 1, the smallest whole number that a JavaScript number cannot hold. */
const FIRST_SEQUENCE = 9007199254740993n;

/** Makes trades whose prices wander, symbol after symbol. */
export class TradeSource {
  readonly #instruments: Instrument[] = [
    { symbol: 'BTC-USD', decimals: 2, price: 64213.55 },
    { symbol: 'ETH-USD', decimals: 2, price: 3120.4 },
    { symbol: 'SOL-USD', decimals: 2, price: 148.92 },
    { symbol: 'EUR-USD', decimals: 5, price: 1.08542 },
    { symbol: 'XAU-USD', decimals: 2, price: 2391.15 },
  ];
  #sequence = FIRST_SEQUENCE;

  /** The JSON text of the next trade, about 120 bytes. */
  next(): string {
    const turn = Number((this.#sequence - FIRST_SEQUENCE) % BigInt(this.#instruments.length));
    const instrument = this.#instruments[turn];
    if (instrument === undefined) throw new RangeError(`No instrument ${turn}`);
    instrument.price *= 1 + (Math.random() - 0.5) * 0.0012;
    const price = instrument.price.toFixed(instrument.decimals);
    const size = (Math.random() * 2 + 0.0001).toFixed(4);
    const side = Math.random() < 0.5 ? 'buy' : 'sell';
    const sequence = this.#sequence;
    this.#sequence += 1n;
    // Written by hand: JSON.stringify knows no number as long as the sequence.
    return `{"type":"trade","symbol":"${instrument.symbol}","price":${price},"size":${size},"side":"${side}","seq":${sequence},"time":${Date.now()}}`;
  }
}
