import { wholeNumber } from '../../format.ts';
import { t } from '../../i18n.ts';
import type { PanelSocket } from '../../session/sockets.ts';
import { deliver, handOver, notOpen } from '../actions.ts';
import type { PanelModel } from '../panel-model.ts';
import type { Draft } from './composer.ts';
import { templateFaultText } from './composer-words.ts';
import { deskOf } from './desk.ts';
import { type Outgoing, outgoing } from './outgoing.ts';
import type { RepeatPlan } from './repeater.ts';

/** Sends or injects what is written, and says in the model's notice what came of it. */
export async function sendDraft(model: PanelModel, action: 'send' | 'inject'): Promise<void> {
  const { draft } = model.composer;
  const socket = model.target();
  const ready = await outgoing(model, draft, socket);
  if (ready.type !== 'payload') return model.tell('bad', unsentText(ready));
  if (await deliver(model, action, ready.payload, socket)) remember(model, draft, socket);
}

/** What came of a message for one of several sockets. */
export interface Delivery {
  readonly socket: PanelSocket;
  /** Why it was not sent, in words. */
  readonly problem: string | undefined;
}

/** Sends what is written to several sockets, to each with values of its own where variables are filled in. */
export async function sendToSeveral(
  model: PanelModel,
  sockets: readonly PanelSocket[],
): Promise<readonly Delivery[]> {
  const { draft } = model.composer;
  const deliveries: Delivery[] = [];
  for (const socket of sockets) {
    deliveries.push({ socket, problem: await sendOnce(model, socket, draft) });
  }
  const sent = deliveries.filter(({ problem }) => problem === undefined);
  if (sent[0]) remember(model, draft, sent[0].socket);
  const isWhole = sent.length === deliveries.length;
  const text = t('didSendSeveral', wholeNumber(sent.length), wholeNumber(deliveries.length));
  model.tell(isWhole ? 'good' : 'bad', text);
  return deliveries;
}

/** Sends what is written now again and again to the present target; what is written later changes nothing. */
export function startRepeat(model: PanelModel, plan: RepeatPlan): void {
  const socket = model.target();
  const { draft } = model.composer;
  remember(model, draft, socket);
  deskOf(model).repeater.start(
    plan,
    () => sendOnce(model, socket, draft),
    () => (socket && !socket.isOpen ? notOpen(socket) : undefined),
  );
}

/** @returns why it was not sent, in words */
async function sendOnce(
  model: PanelModel,
  socket: PanelSocket | undefined,
  draft: Draft,
): Promise<string | undefined> {
  const ready = await outgoing(model, draft, socket);
  return ready.type === 'payload' ? handOver(model, 'send', ready.payload, socket) : unsentText(ready);
}

function remember(model: PanelModel, draft: Draft, socket: PanelSocket | undefined): void {
  if (socket) deskOf(model).history.add(draft, socket.record.url);
}

function unsentText(outcome: Exclude<Outgoing, { type: 'payload' }>): string {
  return outcome.type === 'unfit'
    ? t('draftNotSendable')
    : t('templateNotSent', templateFaultText(outcome.problem));
}
