// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest';
import { STANDARD_LIMITS } from '../../../../../src/panel/session/recording/limits.ts';
import { MemoryLimits } from '../../../../../src/panel/views/settings/memory-limits.tsx';
import { View } from '../../../helpers/view.tsx';

const MB = 1_000_000;

let view: View;

beforeEach(() => {
  view = new View(<MemoryLimits />);
});

function field(name: string): HTMLInputElement {
  const labels = [...document.querySelectorAll('label')];
  const input = labels.find(({ textContent }) => textContent?.includes(name))?.querySelector('input');
  if (!input) throw new Error(`no field ${name}`);
  return input;
}

function type(name: string, value: string): void {
  view.update(() => {
    const input = field(name);
    input.value = value;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
}

test.each([
  { typed: '64', inForce: 64 * MB, shown: '64' },
  { typed: '1', inForce: 8 * MB, shown: '8' },
  { typed: '', inForce: STANDARD_LIMITS.bytes, shown: '128' },
])('“$typed” MB in memory is $shown', ({ typed, inForce, shown }) => {
  type('Payloads in memory', typed);
  expect(view.world.session.limits).toEqual({ ...STANDARD_LIMITS, bytes: inForce });
  expect(field('Payloads in memory').value).toBe(shown);
});

test('a disk is offered where there may be one, else it says why not', () => {
  expect(document.body.textContent).toContain('private windows');
  view.update(() => view.world.model.useDisk(() => undefined));
  expect(field('Payloads on disk').value).toBe('4000');
  expect(document.body.textContent).not.toContain('private windows');
});

test('payloads that are let go are counted, and their rows say so', () => {
  view.update(() => {
    view.world.addSocket();
    view.world.addTexts('x'.repeat(9 * MB));
    view.world.addTexts('kept');
    type('Payloads in memory', '8');
  });
  const { store } = view.world.model;
  expect([store.payloadState(0), store.payloadState(1)]).toEqual(['memory', 'here']);
  expect(document.body.textContent).toContain(
    'Messages without their payload: 1, dropped for lack of memory',
  );
});
