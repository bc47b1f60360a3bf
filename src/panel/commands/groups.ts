import type { MessageKey } from '../words/i18n.ts';
import type { CommandGroup } from './command.ts';

/** What the groups are called, in the order in which they are listed. */
export const GROUP_LABELS: Readonly<Record<CommandGroup, MessageKey>> = {
  panel: 'groupPanel',
  view: 'groupView',
  list: 'groupList',
  frame: 'groupFrame',
  copy: 'copyAs',
  files: 'groupFiles',
};
