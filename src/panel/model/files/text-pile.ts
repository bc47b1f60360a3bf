/** A part of a file. */
export type Piece = string | Blob;
export type Pieces = Piece | readonly Piece[];

/** Units of text that become a Blob: browsers keep large ones on disk. */
const PART = 1 << 20;

/** Text of any length, little of which is in memory. */
export class TextPile {
  private readonly parts: Blob[] = [];
  private text: string[] = [];
  private units = 0;

  get isEmpty(): boolean {
    return this.parts.length === 0 && this.text.length === 0;
  }

  add(piece: Piece): void {
    if (piece === '') return;
    if (typeof piece !== 'string') {
      this.endPart();
      this.parts.push(piece);
      return;
    }
    this.text.push(piece);
    this.units += piece.length;
    if (this.units >= PART) this.endPart();
  }

  /** All that was added, in its order. */
  pieces(): readonly Blob[] {
    this.endPart();
    return this.parts;
  }

  private endPart(): void {
    if (this.text.length > 0) this.parts.push(new Blob(this.text));
    this.text = [];
    this.units = 0;
  }
}
