import type { PanelModel } from '../model/panel-model.ts';
import { isChord } from './chord.ts';
import { type Command, isEnabled } from './command.ts';
import { ALL_COMMANDS } from './table.ts';

/**
 * Does what a key means. Whoever has understood a key nearer to where it was pressed has stopped it; DevTools, which take
 * some keys of panels for themselves, listen on the document and hear of none that is understood here.
 * @returns the command, if it was one
 */
export function onCommandKey(event: KeyboardEvent, model: PanelModel): Command | undefined {
  if (event.defaultPrevented || event.isComposing) return undefined;
  const place = placeOf(event.target);
  const meant = ALL_COMMANDS.find(
    ([, command]) => command.chords?.some((chord) => isChord(event, chord)) && worksIn(command, place),
  )?.[1];
  if (!meant) return undefined;
  event.preventDefault();
  event.stopPropagation();
  if (event.repeat || !isEnabled(meant, model)) return undefined;
  meant.run(model);
  return meant;
}

type Place = 'field' | 'frames' | 'elsewhere';

function worksIn(command: Command, place: Place): boolean {
  if (place === 'field') return command.worksInFields === true;
  return command.keysIn === undefined || command.keysIn === place;
}

function placeOf(target: EventTarget | null): Place {
  if (!(target instanceof Element)) return 'elsewhere';
  if (isField(target)) return 'field';
  return target.closest('[role=grid]') ? 'frames' : 'elsewhere';
}

const WITHOUT_TEXT = new Set(['button', 'checkbox', 'radio', 'range', 'color', 'file', 'submit', 'reset']);

/** Where letters are typed, or choose something. */
function isField(element: Element): boolean {
  if (element instanceof HTMLInputElement) return !WITHOUT_TEXT.has(element.type);
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) return true;
  return element.closest('[contenteditable]:not([contenteditable=false]), [role=textbox]') !== null;
}
