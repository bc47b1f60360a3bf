import type { JSX } from 'preact';

/** As many marks on one character are shaped in a moment; the time that browsers take grows with the square. */
const RUN = /[\p{M}\p{Cf}]{64}/gu;

/** Text in which hundreds of thousands of marks on one character do not hold up the panel: a line may break among them. */
export function breakable(text: string): (string | JSX.Element)[] {
  const parts: (string | JSX.Element)[] = [];
  let at = 0;
  for (const { index, 0: run } of text.matchAll(RUN)) {
    const end = index + run.length;
    parts.push(text.slice(at, end), <wbr key={end} />);
    at = end;
  }
  parts.push(text.slice(at));
  return parts;
}
