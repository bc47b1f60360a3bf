import type { PanelModel } from '../panel-model.ts';
import { History } from './history.ts';
import { keepDraft, keptDrafts } from './kept-drafts.ts';
import { Repeater } from './repeater.ts';

/** What belongs to the composer; created when the composer is first shown, and kept as long as the panel. */
export class Desk {
  readonly history = new History();
  readonly repeater = new Repeater();

  constructor(model: PanelModel) {
    void this.keepThings(model);
  }

  /** Nothing from private windows is stored. */
  private async keepThings(model: PanelModel): Promise<void> {
    if (await model.isPrivate()) return;
    this.history.keep();
    model.composer.restore(keptDrafts());
    model.composer.onDraft = keepDraft;
  }
}

const desks = new WeakMap<PanelModel, Desk>();

export function deskOf(model: PanelModel): Desk {
  const known = desks.get(model);
  if (known) return known;
  const desk = new Desk(model);
  desks.set(model, desk);
  return desk;
}
