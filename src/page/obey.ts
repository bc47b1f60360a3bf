import type { PanelMessage } from '../protocol/messages.ts';
import type { Commands } from './commands.ts';
import type { Outbox } from './outbox.ts';
import { recordStacks } from './stack.ts';

/** Does what a message of the panel says. */
export function obey(message: PanelMessage, outbox: Outbox, commands: Commands): void {
  switch (message.type) {
    case 'attach':
      recordStacks(message.stacks);
      outbox.attach(message.session, message.from);
      break;
    case 'ack':
      outbox.acknowledge(message.seq, message.messages, message.bytes);
      break;
    case 'stacks':
      recordStacks(message.recorded);
      break;
    case 'poll':
      outbox.poll();
      break;
    case 'command':
      outbox.reply(message.id, commands.run(message.action));
      break;
    case 'detach':
      outbox.detach();
      break;
  }
}
