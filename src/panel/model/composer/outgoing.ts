import { looksLikeJson } from '../../../decoders/json/document.ts';
import type { CommandPayload } from '../../../protocol/messages.ts';
import type { PanelSocket } from '../../session/sockets.ts';
import { SETTINGS } from '../../settings/schema.ts';
import { isReceived } from '../frame-kinds.ts';
import type { PanelModel } from '../panel-model.ts';
import type { Draft } from './composer.ts';
import { type DraftState, draftPayload, draftState } from './draft-state.ts';
import {
  type FilledTemplate,
  fillTemplate,
  hasVariables,
  placeInTemplate,
  type TemplateProblem,
  type TemplateSource,
} from './templates.ts';

/** Rows that are looked through for the last message of a socket. */
const LOOKED_THROUGH = 100_000;

/** Messages with a counter so far. */
let counted = 0;

/** What becomes of a draft when it is sent. */
export type Outgoing =
  | { readonly type: 'payload'; readonly payload: CommandPayload }
  /** Not what its format asks for. */
  | { readonly type: 'unfit' }
  | { readonly type: 'template'; readonly problem: TemplateProblem };

/** Whether variables of a draft are filled in; never those of bytes. */
export function isTemplate(model: PanelModel, { text, format }: Draft): boolean {
  const takesTemplates = format === 'text' || format === 'json';
  return takesTemplates && model.settings.of(SETTINGS.usesTemplates).value && hasVariables(text);
}

/** The payload of a draft for a socket. Each call is one message: counters go on, times and random values are new. */
export async function outgoing(
  model: PanelModel,
  draft: Draft,
  socket: PanelSocket | undefined,
): Promise<Outgoing> {
  if (!isTemplate(model, draft)) return fitting(draft);
  const row = lastReceived(model, socket);
  const last = row === undefined ? undefined : (model.store.payload(row) ?? (await model.store.load(row)));
  const isCounted = draft.text.includes('counter');
  const filled = fill(draft, source(last, isCounted ? counted + 1 : counted));
  const [problem] = filled.problems;
  if (problem) return { type: 'template', problem };
  const result = fitting({ ...draft, text: filled.text });
  if (isCounted && result.type === 'payload') counted++;
  return result;
}

function fitting(draft: Draft): Outgoing {
  const payload = draftPayload(draft);
  return payload ? { type: 'payload', payload } : { type: 'unfit' };
}

/** A draft as it is seen while it is written. */
export interface SeenDraft {
  /** Of what would be sent. */
  readonly state: DraftState;
  /** Set where variables are filled in. */
  readonly filled: FilledTemplate | undefined;
}

/** What would be sent if it were sent now. */
export function seenDraft(model: PanelModel, draft: Draft, socket: PanelSocket | undefined): SeenDraft {
  if (!isTemplate(model, draft)) return { state: draftState(draft), filled: undefined };
  const row = lastReceived(model, socket);
  const last = row === undefined ? undefined : model.store.payload(row);
  const filled = fill(draft, source(last, counted + 1));
  return { state: draftState({ ...draft, text: filled.text }), filled };
}

/** Where in the template what is wrong with the filled text stands. */
export function placeOfProblem(filled: FilledTemplate | undefined, offset: number, length: number) {
  return filled ? placeInTemplate(filled, offset) : { from: offset, to: offset + length };
}

function fill({ text, format }: Draft, values: TemplateSource): FilledTemplate {
  // `{{` alone makes no JSON.
  const isJson = format === 'json' || looksLikeJson(text.replace(/\{\{.*?\}\}/g, '0'));
  return fillTemplate(text, values, isJson);
}

function source(last: string | Uint8Array | undefined, counter: number): TemplateSource {
  return { uuid: () => crypto.randomUUID(), now: Date.now, counter, random: Math.random, last };
}

/** The row of the last message that a socket has received. */
function lastReceived({ store }: PanelModel, socket: PanelSocket | undefined): number | undefined {
  const first = Math.max(store.firstRow, store.endRow - LOOKED_THROUGH);
  for (let row = store.endRow - 1; row >= first; row--) {
    if (store.socket(row) === socket?.number && isReceived(store.kind(row))) return row;
  }
  return undefined;
}
