/** UTF-16 units of a piece, at the most but for a line's end: browsers lay out as many in a few ms. */
const PIECE = 4096;

/** A part of a text. */
export interface TextPiece {
  /** UTF-16 units from the text's beginning. */
  readonly start: number;
  readonly text: string;
  /** The line that it ends with has its rest in the next piece. */
  readonly goesOn: boolean;
}

/** Cuts a text into pieces that browsers lay out one by one: at the ends of lines, and within a line only where it is longer than a piece. */
export function piecesOf(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  for (let start = 0; start < text.length; ) {
    const end = endOfPiece(text, start);
    const goesOn = end < text.length && text.charAt(end - 1) !== '\n';
    pieces.push({ start, text: text.slice(start, end), goesOn });
    start = end;
  }
  return pieces;
}

function endOfPiece(text: string, start: number): number {
  const most = start + PIECE;
  if (text.length <= most) return text.length;
  // An end of line right behind the most that stays together belongs to it: else it would begin an empty row.
  const line = text.slice(start, most + 2).lastIndexOf('\n');
  return line === -1 ? whole(text, start, most) : start + line + 1;
}

/** Units that are gone back for the beginning of a character; one with more marks on it is cut. */
const MOST_MARKS = 64;
const GOES_ON = /^[\p{M}\p{Cf}\udc00-\udfff]/u;

/** The last place up to one at which no character is cut. */
function whole(text: string, start: number, most: number): number {
  for (let end = most; end > start && end > most - MOST_MARKS; end--) {
    if (!GOES_ON.test(text.slice(end, end + 2)) && text.charCodeAt(end - 1) !== ZERO_WIDTH_JOINER) return end;
  }
  return most;
}

const ZERO_WIDTH_JOINER = 0x200d;
