import { expect, test } from 'vitest';
import type { PanelElement } from '../../../../scripts/devtools/driver.ts';
import { readPanel } from '../../../../scripts/tools/panel-text.ts';

function element(role: string, name: string, text = name): PanelElement {
  return { role, name, text, value: null, disabled: false, states: {} };
}

/** A panel with these sockets and this ledger, and an empty list. */
function panelWith(sockets: readonly string[], ledger: string) {
  return {
    elements: async (role: string) =>
      role === 'option'
        ? sockets.map((name) => element('option', name))
        : [element('status', 'Ledger', ledger)],
    evaluate: async () => [] as never,
  };
}

test.each([
  [
    'ws://a.test/feed OPEN, 128 frames, 15.5 kB, 2/s',
    { url: 'ws://a.test/feed', state: 'OPEN', frames: 128 },
  ],
  ['ws://a.test/feed OPEN, 1 frame, 3 B', { url: 'ws://a.test/feed', state: 'OPEN', frames: 1 }],
  [
    'ws://a.test/feed CLOSED 1008, 1,024 frames, 9 kB',
    { url: 'ws://a.test/feed', state: 'CLOSED', frames: 1024 },
  ],
  [
    'ws://a.test/refuse CLOSED 1006, refused: 403 Forbidden, 2 frames, 0 B',
    { url: 'ws://a.test/refuse', state: 'CLOSED', frames: 2 },
  ],
])('a socket that is listed as %j', async (name, socket) => {
  expect((await readPanel(panelWith([name], ''))).sockets).toEqual([socket]);
});

test.each([
  ['1 frame 0 dropped in flight 0', 1],
  ['1,024 frames 0 dropped in flight 0', 1024],
  ['', 0],
])('the frames of the ledger %j', async (ledger, frames) => {
  expect((await readPanel(panelWith([], ledger))).frames).toBe(frames);
});
