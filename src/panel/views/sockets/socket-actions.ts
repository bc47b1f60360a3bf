import type { PanelModel } from '../../model/panel-model.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';
import { t } from '../../words/i18n.ts';
import { shownUrl } from '../../words/urls.ts';

/** Takes all sockets to an endpoint out of both lists; they go on being recorded. Once it is undone, what was shown alone is so again. */
export function hideSocket(model: PanelModel, socket: PanelSocket): void {
  const { marks } = model.shelf;
  const wasAlone = model.filter.socket.value === socket.number;
  marks.change(socket, { isHidden: true });
  model.tellUndoable(t('socketHidden', shownUrl(socket.record.url).path), {
    undo: () => {
      marks.show([socket]);
      if (wasAlone) model.shownLine.showSocket(socket.number);
    },
  });
}
