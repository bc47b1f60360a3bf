import type { PanelSocket } from '../../session/recording/sockets.ts';
import type { PanelModel } from '../panel-model.ts';

/** The socket that messages go to: the one chosen, else the one of the frame or list selection, else the only one open. */
export function targetOf(model: PanelModel): PanelSocket | undefined {
  const { sockets } = model.session.recorder;
  const chosen = sockets.get(model.chosenTarget.value ?? -1);
  if (chosen) return chosen;
  const listed = sockets.get(model.filter.socket.value ?? -1);
  if (listed) return standInFor(model, listed) ?? listed;
  const focus = model.selection.focus.value;
  const focused = focus === undefined ? undefined : model.socketOf(focus);
  if (focused) return standInFor(model, focused) ?? focused;
  return model.sockets().find(takesMessages);
}

/** The socket that takes messages in place of one from a file: one that is open to the same address, else any open one. */
export function standInFor(model: PanelModel, socket: PanelSocket): PanelSocket | undefined {
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
