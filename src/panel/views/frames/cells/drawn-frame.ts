import type { FrameKind } from '../../../../protocol/frames.ts';
import type { PanelModel } from '../../../model/panel-model.ts';
import type { PanelSocket } from '../../../session/recording/sockets.ts';
import type { TimeFormat } from '../../../settings/column-choices.ts';

/** What cells are drawn from. */
export interface DrawnFrame {
  readonly model: PanelModel;
  readonly row: number;
  readonly kind: FrameKind;
  readonly socket: PanelSocket | undefined;
  /** The row before it, by time, in the list. */
  readonly before: number | undefined;
  readonly timeFormat: TimeFormat;
  /** UTF-16 units of a message that can be in sight, and are drawn in colours. */
  readonly colouredUnits: number;
}
