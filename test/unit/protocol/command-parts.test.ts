import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CommandPart, CommandParts, inParts, PART_UNITS } from '../../../src/protocol/command-parts.ts';
import type { CommandPayload, PanelMessage } from '../../../src/protocol/messages.ts';

function sending(id: number, payload: CommandPayload): PanelMessage {
  return { type: 'command', id, action: { type: 'send', socket: 1, payload, marks: 0 } };
}

/** What arrives in the page. */
function carried(messages: readonly (PanelMessage | CommandPart)[], parts = new CommandParts()) {
  return messages.flatMap((message) => parts.take(structuredClone(message)) ?? []);
}

function partOf(command: number): CommandPart {
  return { type: 'command-part', command, part: 'left over' };
}

test.each<PanelMessage>([
  { type: 'poll' },
  { type: 'command', id: 1, action: { type: 'close', socket: 1 } },
  sending(2, { type: 'text', text: '' }),
  sending(3, { type: 'binary', bytes: new Uint8Array(3) }),
])('what a port carries goes as it is', (message) => {
  expect([...inParts(message)]).toEqual([message]);
  expect(carried([message])).toEqual([message]);
});

test.each([PART_UNITS, PART_UNITS + 1, 2 * PART_UNITS, 3 * PART_UNITS - 1])(
  '%i units arrive as they were',
  (length) => {
    const bytes = new Uint8Array(length);
    bytes[length - 1] = 255;
    const text = `${'\ud83d\ude00'.repeat(length / 2)}\ud83d`;
    for (const payload of [{ type: 'binary', bytes } as const, { type: 'text', text } as const]) {
      const message = sending(4, payload);
      const parts = [...inParts(message)];
      expect(parts.length).toBe(Math.ceil((payload.type === 'text' ? text : bytes).length / PART_UNITS));
      const [arrived, ...others] = carried(parts);
      expect(others).toEqual([]);
      // Comparing values of this size piece by piece takes seconds.
      expect(sameCommand(arrived, message)).toBe(true);
    }
  },
);

test('parts of an incomplete command are not mixed with those of the next', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 3 })), fc.integer({ min: 4, max: 5 }), (left, id) => {
      const parts = new CommandParts();
      carried(left.map(partOf), parts);
      const next = sending(id, { type: 'text', text: 'whole' });
      expect(carried([next], parts)).toEqual([next]);
      expect(carried([partOf(id), next], parts)).toEqual([
        sending(id, { type: 'text', text: 'left overwhole' }),
      ]);
    }),
  );
});

function sameCommand(one: PanelMessage | undefined, other: PanelMessage): boolean {
  const [a, b] = [one, other].map((message) =>
    message?.type === 'command' && message.action.type === 'send' ? message.action.payload : undefined,
  );
  if (a?.type === 'text' && b?.type === 'text') return a.text === b.text;
  if (a?.type !== 'binary' || b?.type !== 'binary') return false;
  return Buffer.from(a.bytes).equals(Buffer.from(b.bytes));
}
