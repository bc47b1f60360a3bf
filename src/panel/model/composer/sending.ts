import { FrameFlag } from '../../../protocol/frames.ts';
import type { CommandPayload } from '../../../protocol/messages.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';
import { wholeNumber } from '../../words/format.ts';
import { t } from '../../words/i18n.ts';
import { endText, refusalText } from '../../words/words.ts';
import { deliver, handOver, notOpen } from '../acting/actions.ts';
import { targetOf } from '../acting/target.ts';
import type { PanelModel } from '../panel-model.ts';
import type { Draft } from './composer.ts';
import { templateFaultText } from './composer-words.ts';
import { deskOf } from './desk.ts';
import { type Outgoing, outgoing } from './outgoing.ts';
import type { RepeatPlan } from './repeater.ts';

/** Sends or injects the draft, and reports the outcome in the model's notice. */
export async function sendDraft(model: PanelModel, action: 'send' | 'inject'): Promise<void> {
  const { draft, original } = model.composer;
  const socket = targetOf(model);
  const ready = await outgoing(model, draft, socket);
  if (ready.type !== 'payload') return model.tell('bad', unsentText(ready));
  if (await deliver(model, action, ready.payload, socket, marksOf(original, ready.payload)))
    remember(model, draft, socket);
}

type Payload = string | Uint8Array;

/** The outcome of a message for one of several sockets. */
export interface Delivery {
  readonly socket: PanelSocket;
  /** Why it was not sent, in words. */
  readonly problem: string | undefined;
}

/**
 * Sends the draft to several sockets, filling in the variables anew for each. A page that hangs
 * does not delay the others.
 */
export async function sendToSeveral(
  model: PanelModel,
  sockets: readonly PanelSocket[],
): Promise<readonly Delivery[]> {
  const { draft, original } = model.composer;
  const sendTo = async (socket: PanelSocket): Promise<Delivery> => ({
    socket,
    problem: await sendOnce(model, socket, draft, original),
  });
  const deliveries = await Promise.all(sockets.map(sendTo));
  const sent = deliveries.filter(({ problem }) => problem === undefined);
  if (sent[0]) remember(model, draft, sent[0].socket);
  const isWhole = sent.length === deliveries.length;
  const text = t('didSendSeveral', wholeNumber(sent.length), wholeNumber(deliveries.length));
  model.tell(isWhole ? 'good' : 'bad', text);
  return deliveries;
}

/** Sends the present draft repeatedly to the present target; later edits change nothing. */
export function startRepeat(model: PanelModel, plan: RepeatPlan): void {
  const socket = targetOf(model);
  if (socket && !socket.isOpen) return model.tell('bad', refusalText(notOpen(socket)));
  const { draft, original } = model.composer;
  remember(model, draft, socket);
  deskOf(model).repeater.start(
    plan,
    () => sendOnce(model, socket, draft, original, endText),
    () => (socket && !socket.isOpen ? endText(notOpen(socket)) : undefined),
  );
}

/** @returns why it was not sent, in words */
async function sendOnce(
  model: PanelModel,
  socket: PanelSocket | undefined,
  draft: Draft,
  original: Payload | undefined,
  words = refusalText,
): Promise<string | undefined> {
  const ready = await outgoing(model, draft, socket);
  if (ready.type !== 'payload') return unsentText(ready);
  return handOver(model, 'send', ready.payload, socket, marksOf(original, ready.payload), words);
}

/** @param original the payload of the frame that the message was taken from */
function marksOf(original: Payload | undefined, sent: CommandPayload): number {
  if (original === undefined) return 0;
  return isSame(original, sent.type === 'text' ? sent.text : sent.bytes) ? 0 : FrameFlag.edited;
}

function isSame(one: Payload, other: Payload): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

function remember(model: PanelModel, draft: Draft, socket: PanelSocket | undefined): void {
  if (socket) deskOf(model).history.add(draft, socket.record.url);
}

function unsentText(outcome: Exclude<Outgoing, { type: 'payload' }>): string {
  return outcome.type === 'unfit'
    ? t('draftNotSendable')
    : t('templateNotSent', templateFaultText(outcome.problem));
}
