import { layoutOf } from '../../../decoders/mqtt/message.ts';
import type { MqttLayout } from '../../../decoders/mqtt/packets.ts';
import { FrameKind } from '../../../protocol/frames.ts';
import type { PanelModel } from '../../model/panel-model.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';

/** Of sockets whose first packet has been looked for; undefined where it is none that says so. */
const known = new WeakMap<PanelSocket, MqttLayout | undefined>();

/** The layout of the packets of a row's socket according to its first packet; undefined if that is missing. */
export function mqttLayout(model: PanelModel, row: number): MqttLayout | undefined {
  const socket = model.socketOf(row);
  if (!socket || known.has(socket)) return socket && known.get(socket);
  const first = firstSent(model, row);
  const payload = first === undefined ? undefined : model.store.payload(first);
  const layout = payload instanceof Uint8Array ? layoutOf(payload) : undefined;
  // One on disk may be loaded later.
  if (first === undefined || payload !== undefined) known.set(socket, layout);
  return layout;
}

/** The first row of a row's socket that holds sent bytes: two columns are looked at, some ms for a million rows. */
function firstSent({ store }: PanelModel, row: number): number | undefined {
  const socket = store.socket(row);
  for (let at = store.firstRow; at <= row; at++) {
    if (store.socket(at) === socket && store.kind(at) === FrameKind.sentBinary) return at;
  }
  return undefined;
}
