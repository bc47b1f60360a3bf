import type { JSX, TargetedClipboardEvent } from 'preact';
import { useMemo } from 'preact/hooks';
import { breakable } from './breakable.tsx';
import { piecesOf, type TextPiece } from './text-pieces.ts';

/** Longest text, in UTF-16 units, that is laid out as a whole. */
const SMALL = 8192;
/** Approximate number of characters in a row of a piece that is not in view. */
const COLUMNS = 100;

interface RawTextProps {
  readonly text: string;
  /** Offset to point at, in UTF-16 units. */
  readonly mark: number | undefined;
  readonly wraps: boolean;
}

/** A text of which only what is in sight is laid out: half a million characters at once would take the browser half a second. */
export function RawText({ text, mark, wraps }: RawTextProps): JSX.Element {
  const pieces = useMemo(() => (text.length > SMALL ? piecesOf(text) : undefined), [text]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable text must be reachable by keyboard
    <pre class={wraps ? 'raw' : 'raw is-unwrapped'} tabIndex={0} onCopy={pieces && copyAsItIs}>
      {pieces ? (
        pieces.map((piece) => (
          <span
            key={piece.start}
            class={piece.goesOn ? 'raw-piece goes-on' : 'raw-piece'}
            style={{ containIntrinsicSize: `auto ${rowsOf(piece, wraps)}lh` }}
          >
            <Marked text={piece.text} mark={mark === undefined ? undefined : mark - piece.start} />
          </span>
        ))
      ) : (
        <Marked text={text} mark={mark} />
      )}
    </pre>
  );
}

function Marked({ text, mark }: Omit<RawTextProps, 'wraps'>): JSX.Element {
  if (mark === undefined || mark < 0 || mark >= text.length) return <>{breakable(text)}</>;
  return (
    <>
      {breakable(text.slice(0, mark))}
      <mark>{text.slice(mark, mark + 1)}</mark>
      {breakable(text.slice(mark + 1))}
    </>
  );
}

/** Rows that a piece takes, about. */
function rowsOf({ text }: TextPiece, wraps: boolean): number {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  if (!wraps) return lines.length;
  return lines.reduce((sum, { length }) => sum + Math.max(1, Math.ceil(length / COLUMNS)), 0);
}

/** Browsers would copy an end of line wherever one piece ends. */
function copyAsItIs(event: TargetedClipboardEvent<HTMLElement>): void {
  const selection = getSelection();
  const range = selection?.rangeCount === 1 ? selection.getRangeAt(0) : undefined;
  if (!range || !event.currentTarget.contains(range.commonAncestorContainer)) return;
  event.clipboardData?.setData('text/plain', range.toString());
  event.preventDefault();
}
