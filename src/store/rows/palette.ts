/** The few values that many rows share: a row stores the index of its value in a list. */
export class Palette<Value> {
  private readonly values: Value[] = [];
  /** Needed only while values are added one after the other. */
  private places: Map<Value, number> | undefined = new Map();

  /** The index of a value, which is added if it is new. */
  placeOf(value: Value): number {
    const known = this.places ? (this.places.get(value) ?? -1) : this.values.indexOf(value);
    if (known !== -1) return known;
    const place = this.values.push(value) - 1;
    this.places?.set(value, place);
    return place;
  }

  at(place: number): Value | undefined {
    return this.values[place];
  }

  has(value: Value): boolean {
    return this.places?.has(value) ?? this.values.includes(value);
  }

  hasAny(values: ReadonlySet<Value>): boolean {
    return this.values.some((value) => values.has(value));
  }

  /** From now on hardly anything is added. */
  settle(): void {
    this.places = undefined;
  }
}
