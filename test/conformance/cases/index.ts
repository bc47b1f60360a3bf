import type { Section } from '../kit.ts';
import { binaryType } from './binary-type.ts';
import { close } from './close.ts';
import { construction } from './constructor.ts';
import { events } from './events.ts';
import { interfaceObject, subclassing } from './interface.ts';
import { memory } from './memory.ts';
import { realms } from './realms.ts';
import { send } from './send.ts';
import { streams } from './streams.ts';
import { traces } from './traces.ts';

/** In the order of the standards. */
export const SECTIONS: readonly Section[] = [
  construction,
  interfaceObject,
  subclassing,
  send,
  binaryType,
  close,
  events,
  streams,
  memory,
  realms,
  traces,
];
