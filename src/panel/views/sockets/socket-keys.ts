import type { PanelModel } from '../../model/panel-model.ts';
import { lineNumber, type SocketLine } from '../../model/sockets/socket-lines.ts';
import { targetOfKey } from '../controls/list-keys.ts';
import { hideSocket } from './socket-actions.ts';

/** Lines that PageUp and PageDown move by. */
const PAGE = 10;

/** Does what a key means in the list of sockets; false if it means nothing there. */
export function onSocketKey(
  event: KeyboardEvent,
  model: PanelModel,
  lines: readonly SocketLine[],
  active: SocketLine | undefined,
): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const at = active ? lines.indexOf(active) : -1;
  const target = targetOfKey(event.key, at, { count: lines.length, page: PAGE });
  const line = target === undefined ? undefined : lines[Math.min(lines.length - 1, Math.max(0, target))];
  if (line) model.shownLine.show(line);
  else if (!active) return false;
  else return onLineKey(event.key, model, lines, active);
  return true;
}

function onLineKey(key: string, model: PanelModel, lines: readonly SocketLine[], line: SocketLine): boolean {
  const { shelf } = model;
  switch (key) {
    case 'Escape':
      model.shownLine.showSocket(undefined);
      return true;
    case 'Delete':
      hideSocket(model, line.socket);
      return true;
    case 'p':
      shelf.marks.change(line.socket, { isPinned: !shelf.marks.of(line.socket).isPinned });
      return true;
    case 'ArrowRight':
    case 'ArrowLeft':
      fold(key === 'ArrowRight', model, lines, line);
      return true;
    default:
      return false;
  }
}

/** The attempts of a line are shown below it, or it stands for all of them again. */
function fold(opens: boolean, model: PanelModel, lines: readonly SocketLine[], line: SocketLine): void {
  const whole = line.isEarlier ? lines.findLast((other, at) => isAbove(other, at, lines, line)) : line;
  if (!whole || whole.earlier.length === 0 || whole.isOpen === opens) return;
  model.shelf.setOpen(lineNumber(whole), opens);
  model.shownLine.show({ ...whole, isOpen: opens });
}

function isAbove(other: SocketLine, at: number, lines: readonly SocketLine[], line: SocketLine): boolean {
  return !other.isEarlier && at < lines.indexOf(line);
}
