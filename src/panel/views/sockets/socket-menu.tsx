import type { JSX } from 'preact';
import { lineNumber, type SocketLine } from '../../model/sockets/socket-lines.ts';
import { copyText } from '../../platform/copy.ts';
import { SETTINGS } from '../../settings/schema.ts';
import { SOCKET_COLOURS, SOCKET_ORDERS } from '../../settings/socket-marks.ts';
import { COLOUR_WORDS } from '../../words/colours.ts';
import { t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';
import { Menu, type MenuEntry, type MenuPlace } from '../controls/menu.tsx';
import { hideSocket } from './socket-actions.ts';
import { SOCKET_ORDER_LABELS } from './socket-orders.ts';

interface SocketMenuProps {
  readonly line: SocketLine;
  readonly place: MenuPlace;
  readonly onClose: () => void;
}

/** What can be done with a line of the socket list. */
export function SocketMenu({ line, place, onClose }: SocketMenuProps): JSX.Element {
  const model = useModel();
  void model.revision.value;
  const { shelf } = model;
  const { socket, earlier, isOpen } = line;
  const { colour, isPinned } = shelf.marks.of(socket);
  const folding: MenuEntry = {
    type: 'item',
    label: t(isOpen ? 'foldAttempts' : 'showAttempts'),
    hint: isOpen ? '←' : '→',
    run: () => {
      shelf.setOpen(lineNumber(line), !isOpen);
      model.touch();
    },
  };
  const entries: MenuEntry[] = [
    { type: 'item', label: t('showSocketAlone'), run: () => model.shownLine.show(line) },
    ...(earlier.length > 0 ? [folding] : []),
    {
      type: 'item',
      label: t(isPinned ? 'unpinSocket' : 'pinSocket'),
      hint: 'P',
      run: () => shelf.marks.change(socket, { isPinned: !isPinned }),
    },
    { type: 'item', label: t('hideSocket'), hint: t('keyDelete'), run: () => hideSocket(model, socket) },
    {
      type: 'item',
      label: t('copyUrl'),
      run: () => {
        if (copyText(socket.record.url)) model.tell('good', t('copiedUrl'));
        else model.tell('bad', t('copyFailed'));
      },
    },
    { type: 'heading', label: t('socketColour') },
    ...SOCKET_COLOURS.map(
      (choice): MenuEntry => ({
        type: 'radio',
        label: t(COLOUR_WORDS[choice]),
        isChosen: choice === colour,
        choose: () => {
          shelf.marks.change(socket, { colour: choice });
          onClose();
        },
      }),
    ),
  ];
  return <Menu label={t('socketMenu')} entries={entries} place={place} onClose={onClose} />;
}

/** In which order the sockets stand below each heading. */
export function OrderMenu({ place, onClose }: Omit<SocketMenuProps, 'line'>): JSX.Element {
  const order = useModel().settings.of(SETTINGS.socketOrder);
  const entries = SOCKET_ORDERS.map(
    (choice): MenuEntry => ({
      type: 'radio',
      label: t(SOCKET_ORDER_LABELS[choice]),
      isChosen: choice === order.value,
      choose: () => {
        order.value = choice;
        onClose();
      },
    }),
  );
  return <Menu label={t('socketOrder')} entries={entries} place={place} onClose={onClose} />;
}
