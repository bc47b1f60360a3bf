import type { SocketOrder } from '../../settings/socket-marks.ts';
import type { MessageKey } from '../../words/i18n.ts';

/** What each order of the sockets is called. */
export const SOCKET_ORDER_LABELS: Readonly<Record<SocketOrder, MessageKey>> = {
  opened: 'orderOpened',
  name: 'orderName',
  rate: 'orderRate',
  bytes: 'orderBytes',
  state: 'orderState',
};
