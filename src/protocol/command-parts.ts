import type { CommandPayload, PanelMessage } from './messages.ts';

/**
 * Panel → content script: the beginning, or the next part, of the payload of a command that follows under this id and brings the
 * last part itself. Chrome's ports carry 64 MiB a message at most. Pages never see one.
 */
export interface CommandPart {
  readonly type: 'command-part';
  readonly command: number;
  readonly part: string | Uint8Array;
}

/** UTF-16 units or bytes. As JSON, which older Chromes carry, a unit may take six bytes. */
export const PART_UNITS = 8 * 1024 * 1024;

/** The message as a port can carry it: as it is, or after the parts that were cut off. */
export function* inParts(message: PanelMessage): Generator<PanelMessage | CommandPart> {
  const payload = payloadOf(message);
  if (message.type !== 'command' || !payload) {
    yield message;
    return;
  }
  const whole = payload.type === 'text' ? payload.text : payload.bytes;
  let start = 0;
  while (whole.length - start > PART_UNITS) {
    const end = start + PART_UNITS;
    yield { type: 'command-part', command: message.id, part: whole.slice(start, end) };
    start = end;
  }
  yield start === 0 ? message : withPayload(message, rest(payload, start));
}

/** Puts together what {@link inParts} has cut. */
export class CommandParts {
  private command = 0;
  private parts: (string | Uint8Array)[] = [];

  /** @returns what the page is to get; nothing until the payload is whole */
  take(message: PanelMessage | CommandPart): PanelMessage | undefined {
    if (message.type === 'command-part') {
      if (message.command !== this.command) this.begin(message.command);
      this.parts = [...this.parts, message.part];
      return undefined;
    }
    const payload = payloadOf(message);
    if (message.type !== 'command' || message.id !== this.command || !payload) return message;
    const { parts } = this;
    this.begin(0);
    return withPayload(message, joined(parts, payload));
  }

  private begin(command: number): void {
    this.command = command;
    this.parts = [];
  }
}

type Command = Extract<PanelMessage, { type: 'command' }>;

function payloadOf(message: PanelMessage): CommandPayload | undefined {
  return message.type === 'command' && message.action.type !== 'close' ? message.action.payload : undefined;
}

function withPayload(command: Command, payload: CommandPayload): Command {
  const { action } = command;
  return action.type === 'close' ? command : { ...command, action: { ...action, payload } };
}

function rest(payload: CommandPayload, start: number): CommandPayload {
  return payload.type === 'text'
    ? { type: 'text', text: payload.text.slice(start) }
    : { type: 'binary', bytes: payload.bytes.slice(start) };
}

/** @param last what came with the command */
function joined(parts: readonly (string | Uint8Array)[], last: CommandPayload): CommandPayload {
  if (last.type === 'text') return { type: 'text', text: parts.join('') + last.text };
  const views = [...parts.filter((part) => typeof part !== 'string'), last.bytes];
  const bytes = new Uint8Array(views.reduce((length, view) => length + view.length, 0));
  let offset = 0;
  for (const view of views) {
    bytes.set(view, offset);
    offset += view.length;
  }
  return { type: 'binary', bytes };
}
