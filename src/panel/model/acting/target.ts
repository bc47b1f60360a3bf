import { endpointOf } from '../../session/recording/lineage.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';
import type { PanelModel } from '../panel-model.ts';

/** The socket that messages go to: the one chosen, else the one of the list or frame selection, else one that is open. */
export function targetOf(model: PanelModel): PanelSocket | undefined {
  const { sockets } = model.session.recorder;
  const chosen = sockets.get(model.chosenTarget.value ?? -1);
  if (chosen) return chosen;
  const listed = sockets.get(model.filter.socket.value ?? -1);
  if (listed) return standInFor(model, listed) ?? listed;
  const focus = model.selection.focus.value;
  const focused = focus === undefined ? undefined : model.socketOf(focus);
  if (focused) return standInFor(model, focused) ?? focused;
  return openOne(model);
}

/** By panel: the socket that was taken because the user had chosen none. */
const taken = new WeakMap<PanelModel, PanelSocket>();

/** One that is open. A message that is being written stays with its socket, even closed: only one to the same endpoint may get it instead. */
function openOne(model: PanelModel): PanelSocket | undefined {
  const sockets = model.sockets();
  const before = taken.get(model);
  const isListed = before !== undefined && sockets.includes(before);
  if (isListed && takesMessages(before)) return before;
  const isMeant = isListed && model.composer.text.value !== '';
  const open = sockets.find(
    (socket) =>
      takesMessages(socket) && (!isMeant || endpointOf(socket.record.url) === endpointOf(before.record.url)),
  );
  if (open) taken.set(model, open);
  return open ?? (isMeant ? before : undefined);
}

/** The socket that takes messages in place of one from a file: one that is open to the same address, else any open one. */
function standInFor(model: PanelModel, socket: PanelSocket): PanelSocket | undefined {
  if (socket.readOnly !== 'imported') return undefined;
  const open = model.sockets().filter(takesMessages);
  return open.findLast(({ record }) => record.url === socket.record.url) ?? open.at(-1);
}

/** The socket on which a message of a socket can be sent again: its own, or one in its stead. */
export function successorOf(model: PanelModel, socket: PanelSocket): PanelSocket | undefined {
  if (takesMessages(socket)) return socket;
  const isTwin = (other: PanelSocket) => takesMessages(other) && other.record.url === socket.record.url;
  return standInFor(model, socket) ?? model.sockets().findLast(isTwin);
}

function takesMessages(socket: PanelSocket): boolean {
  return socket.isOpen && !socket.readOnly;
}
