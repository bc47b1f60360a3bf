import { urlParts } from '../../format.ts';
import { t } from '../../i18n.ts';
import type { PanelModel } from '../../model/panel-model.ts';
import type { PanelSocket } from '../../session/sockets.ts';

/** Takes all sockets to an endpoint out of both lists; they go on being recorded. */
export function hideSocket(model: PanelModel, socket: PanelSocket): void {
  model.shelf.marks.change(socket, { isHidden: true });
  model.tell('good', t('socketHidden', urlParts(socket.record.url).path));
}
