interface Instrument {
  readonly symbol: string;
  price: number;
}

/** The first sequence number: 2^53 + 1, the smallest whole number that a JavaScript number cannot hold. */
export const FIRST_SEQUENCE = 9007199254740993n;

/** Makes trades whose prices wander, symbol after symbol. */
export class TradeSource {
  readonly #instruments: Instrument[] = [
    { symbol: 'BTC-USD', price: 64213.55 },
    { symbol: 'ETH-USD', price: 3120.4 },
    { symbol: 'SOL-USD', price: 148.92 },
    { symbol: 'EUR-USD', price: 1.09 },
    { symbol: 'XAU-USD', price: 2391.15 },
  ];
  #sequence = FIRST_SEQUENCE;

  /** The JSON text of the next trade, about 120 bytes. */
  next(): string {
    const turn = Number((this.#sequence - FIRST_SEQUENCE) % BigInt(this.#instruments.length));
    const instrument = this.#instruments[turn];
    if (instrument === undefined) throw new RangeError(`No instrument ${turn}`);
    instrument.price *= 1 + (Math.random() - 0.5) * 0.0012;
    const size = (Math.random() * 2 + 0.0001).toFixed(4);
    const side = Math.random() < 0.5 ? 'buy' : 'sell';
    const sequence = this.#sequence;
    this.#sequence += 1n;
    // Written by hand: JSON.stringify knows no number as long as the sequence.
    return `{"type":"trade","symbol":"${instrument.symbol}","price":${instrument.price.toFixed(2)},"size":${size},"side":"${side}","seq":${sequence},"time":${Date.now()}}`;
  }
}
