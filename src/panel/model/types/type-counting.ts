import type { TypeIndex } from '../../../store/counts/type-index.ts';
import type { FrameStore } from '../../../store/frame-store.ts';
import type { Turns } from '../../platform/turns.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';
import { SETTINGS } from '../../settings/schema.ts';
import type { Settings } from '../../settings/settings.ts';
import { typeIndexOf } from './type-indexes.ts';

/** ms of it in one turn */
const SLICE = 4;
/** ms between two pictures of what has been counted */
const PICTURE_INTERVAL = 100;

/** The panel, as far as types are counted for it. */
interface CountingPanel {
  readonly store: FrameStore;
  readonly settings: Settings;
  readonly turns: Turns;
  readonly session: {
    readonly recorder: { readonly sockets: { get(number: number): PanelSocket | undefined } };
  };
  touch(): void;
}

/** Counts the messages of each type, bit by bit, while somebody wants to see it. */
export class TypeCounting {
  private isOn = false;
  private isOver = false;
  private drawnAt = 0;

  constructor(private readonly panel: CountingPanel) {}

  /** What is known by now; whatever is new is looked at in turns of its own. */
  look(): TypeIndex {
    const { store, settings, session } = this.panel;
    const index = typeIndexOf(store, settings.of(SETTINGS.typeField).value, (number) =>
      session.recorder.sockets.get(number),
    );
    this.goOn(index);
    return index;
  }

  /** Nobody wants to see it any more. */
  end(): void {
    this.isOver = true;
  }

  private goOn(index: TypeIndex): void {
    if (this.isOn || this.isOver || !index.isBehind) return;
    this.isOn = true;
    this.panel.turns(() => {
      this.isOn = false;
      if (this.isOver) return;
      index.step(SLICE, () => this.panel.touch());
      const now = performance.now();
      if (!index.isBehind || now - this.drawnAt >= PICTURE_INTERVAL) {
        this.drawnAt = now;
        this.panel.touch();
      }
      this.goOn(index);
    });
  }
}
