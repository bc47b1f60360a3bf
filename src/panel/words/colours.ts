import type { SocketColour } from '../settings/socket-marks.ts';
import type { MessageKey } from './i18n.ts';

/** What the colours of sockets are called. */
export const COLOUR_WORDS: Readonly<Record<SocketColour, MessageKey>> = {
  none: 'colourNone',
  red: 'colourRed',
  orange: 'colourOrange',
  green: 'colourGreen',
  teal: 'colourTeal',
  blue: 'colourBlue',
  purple: 'colourPurple',
};
