import type { FrameView } from '../../../store/frame-view.ts';
import { SETTINGS } from '../../settings/schema.ts';
import type { PanelModel } from '../panel-model.ts';

/** Whether the user wants the newest row at the top. Exports, replays and counts keep the order of time. */
export function isNewestFirst({ settings }: Pick<PanelModel, 'settings'>): boolean {
  return settings.of(SETTINGS.newestFirst).value;
}

/** The rows that are shown, from top to bottom. */
export function listedRows(model: PanelModel): FrameView {
  const { view } = model.filter;
  return isNewestFirst(model) ? new TurnedRows(view) : view;
}

/** A view in reverse order. Costs nothing. */
export class TurnedRows implements FrameView {
  constructor(private readonly view: FrameView) {}

  get length(): number {
    return this.view.length;
  }

  /** What comes to stand at the front here is what is added behind all others there. */
  get shift(): number {
    return -(this.view.shift + this.view.length);
  }

  rowAt(index: number): number {
    return this.view.rowAt(this.length - 1 - index);
  }

  indexOf(row: number): number {
    const { view, length } = this;
    const index = view.indexOf(row);
    return index < length && view.rowAt(index) === row ? length - 1 - index : length - index;
  }
}
