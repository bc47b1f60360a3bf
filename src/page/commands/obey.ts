import type { PanelMessage } from '../../protocol/messages.ts';
import type { Observer } from '../capture/observe.ts';
import { recordStacks } from '../capture/stack.ts';
import { bare } from '../natives/natives.ts';
import { carryOut } from './commands.ts';

/** Does what a message of the panel says. */
export function obey(message: PanelMessage, observer: Observer): void {
  const { outbox } = observer;
  switch (message.type) {
    case 'attach':
      recordStacks(message.stacks);
      outbox.attach(message.session, message.from, message.withheld);
      break;
    case 'ack':
      outbox.acknowledge(message.seq, message.messages, message.bytes);
      break;
    case 'stacks':
      recordStacks(message.stacks);
      break;
    case 'poll':
      outbox.poll();
      break;
    case 'command':
      outbox.reply(message.id, carryOut(bare(message.action), observer));
      break;
    case 'detach':
      outbox.detach();
      break;
  }
}
