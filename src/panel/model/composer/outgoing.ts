import { looksLikeJson } from '../../../decoders/json/document.ts';
import { UNKNOWN_SOCKET } from '../../../decoders/protocol-signs.ts';
import { spokenOn } from '../../../decoders/spoken.ts';
import type { CommandPayload } from '../../../protocol/messages.ts';
import type { FrameStore } from '../../../store/frame-store.ts';
import { jsonText } from '../../../store/query/matching/json-text.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';
import { SETTINGS } from '../../settings/schema.ts';
import type { PanelModel } from '../panel-model.ts';
import type { Draft } from './composer.ts';
import { type DraftState, draftPayload, draftState } from './draft-state.ts';
import { lastReceived } from './last-received.ts';
import {
  type FilledTemplate,
  fillTemplate,
  hasVariables,
  placeInTemplate,
  type TemplateProblem,
  type TemplateSource,
} from './templates.ts';

/** Number of messages with a counter so far. */
let counted = 0;

/** The outcome of turning a draft into a payload. */
export type Outgoing =
  | { readonly type: 'payload'; readonly payload: CommandPayload }
  /** The draft does not match its format. */
  | { readonly type: 'unfit' }
  | { readonly type: 'template'; readonly problem: TemplateProblem };

/** Whether variables of a draft are filled in; never in bytes. */
export function isTemplate(model: PanelModel, { text, format }: Draft): boolean {
  const takesTemplates = format === 'text' || format === 'json';
  return takesTemplates && model.settings.of(SETTINGS.usesTemplates).value && hasVariables(text);
}

/** The payload of a draft for a socket. Each call is one message: counters increase, times and random values are new. */
export async function outgoing(
  model: PanelModel,
  draft: Draft,
  socket: PanelSocket | undefined,
): Promise<Outgoing> {
  if (!isTemplate(model, draft)) return fitting(draft);
  const { store } = model;
  const rows = receivedFor(model, draft, socket);
  const [newest] = rows;
  // The newest may have been moved to disk.
  const loaded =
    newest === undefined || store.payload(newest) !== undefined ? undefined : await store.load(newest);
  const received = (age: number) => (age === 0 && loaded) || payloadAt(store, rows, age);
  const isCounted = uses(draft, 'counter');
  const filled = fill(draft, source(received, socket, isCounted ? counted + 1 : counted));
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

/** A draft as it is shown while it is written. */
export interface SeenDraft {
  /** State of what would be sent. */
  readonly state: DraftState;
  /** Set if variables are filled in. */
  readonly filled: FilledTemplate | undefined;
}

/** What would be sent if it were sent now. */
export function seenDraft(model: PanelModel, draft: Draft, socket: PanelSocket | undefined): SeenDraft {
  if (!isTemplate(model, draft)) return { state: draftState(draft), filled: undefined };
  const rows = receivedFor(model, draft, socket);
  const filled = fill(
    draft,
    source((age) => payloadAt(model.store, rows, age), socket, counted + 1),
  );
  return { state: draftState({ ...draft, text: filled.text }), filled };
}

/** Moves the problem of a filled text to its place in the template. */
export function placeOfProblem(filled: FilledTemplate | undefined, offset: number, length: number) {
  return filled ? placeInTemplate(filled, offset) : { from: offset, to: offset + length };
}

function fill({ text, format }: Draft, values: TemplateSource): FilledTemplate {
  // `{{` on its own is never JSON.
  const isJson = format === 'json' || looksLikeJson(text.replace(/\{\{.*?\}\}/g, '0'));
  return fillTemplate(text, values, isJson);
}

function source(
  received: TemplateSource['received'],
  socket: PanelSocket | undefined,
  counter: number,
): TemplateSource {
  const words = socket?.words ?? UNKNOWN_SOCKET;
  return {
    uuid: () => crypto.randomUUID(),
    now: Date.now,
    counter,
    random: Math.random,
    received,
    jsonText: (message) => jsonText(message, spokenOn(words, typeof message === 'string' ? 'text' : 'bytes')),
  };
}

/** The rows of messages that a socket has received, if a draft needs them. */
function receivedFor(
  { store }: PanelModel,
  draft: Draft,
  socket: PanelSocket | undefined,
): readonly number[] {
  return socket && uses(draft, 'last') ? lastReceived(store, socket.number) : [];
}

function payloadAt(store: FrameStore, rows: readonly number[], age: number) {
  const row = rows[age];
  return row === undefined ? undefined : store.payload(row);
}

/** Whether a draft has variables. */
function uses({ text }: Draft, name: 'last' | 'counter'): boolean {
  return new RegExp(`\\{\\{\\s*${name}\\b`).test(text);
}
