import { Page } from '../../../helpers/page.ts';

export const MIB = 1024 * 1024;
/** Frames that a page keeps while no panel is attached. */
export const HISTORY_FRAMES = 10_000;

export const seqs = (page: Page) => page.frames().map(({ seq }) => seq);

/** Sequence numbers from `first` to `last`. */
export const upTo = (last: number, first = 1) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** A page with one socket and a panel that has taken everything so far. */
export function attached() {
  const page = new Page();
  const { tap } = page.watchedSocket();
  page.outbox.attach('s', 1);
  page.acknowledgeAll();
  page.forgetPosted();
  return { page, tap };
}
