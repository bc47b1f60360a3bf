import { describe, expect, it } from 'vitest';
import type { BrowserName } from '../../scripts/devtools/driver.ts';
import { ledger, lines, SOON } from '../e2e/helpers/panel.ts';
import { BROWSERS, useStage } from './helpers/stage.ts';
import { graphql } from './servers/graphql.ts';
import { mqtt } from './servers/mqtt.ts';
import { signalr } from './servers/signalr.ts';
import { socketIo } from './servers/socket-io.ts';
import { sockjs } from './servers/sockjs.ts';
import { stomp } from './servers/stomp.ts';
import { vite } from './servers/vite.ts';
import { yjs } from './servers/yjs.ts';

const SERVERS = [graphql, mqtt, signalr, socketIo, sockjs, stomp, yjs, vite];

/** What the panel shows of a client that did its work. */
interface Shown {
  readonly path: RegExp;
  /** How each of its sockets was closed, the oldest first; `open` for one that was not. */
  readonly ends: readonly string[];
  /** Lines among those of the newest socket, in this order. */
  readonly lines: readonly RegExp[];
}

const OPENED = /^open connected/;

const CLIENTS: Readonly<Record<string, Shown>> = {
  'reconnecting-websocket': {
    path: /^\/echo\/reconnecting$/,
    ends: ['1006', '4005', '4006', '4007'],
    lines: [OPENED, /^sent text 7 at last$/, /^received text 7 at last$/, /^close 4007 .*enough/],
  },
  'socket-io': {
    path: /^\/socket\.io\/$/,
    ends: ['1006', '1005', '1005'],
    lines: [
      OPENED,
      /^sent text 6 2probe$/,
      /^received text 6 3probe$/,
      /^sent text 20 42\/room,0\["sum",5,6\]$/,
      /^received text 13 43\/room,0\[11\]$/,
      /^close 1005 /,
    ],
  },
  'graphql-ws': {
    path: /^\/graphql$/,
    ends: ['1006', '1000'],
    lines: [
      /^open connected · graphql-transport-ws$/,
      /^sent text 55 \{"type":"connection_init"/,
      /^received text 56 \{"type":"connection_ack"/,
      /^sent text 134 .*"type":"subscribe"/,
      /^received text 103 .*Hello, again/,
      /^received text 63 .*"type":"complete"/,
      /^close 1000 /,
    ],
  },
  mqtt: {
    path: /^\/mqtt$/,
    // How the second one ends depends on who is faster.
    ends: ['1006', expect.stringMatching(/^100[56]$/)],
    lines: [
      /^open connected · mqtt$/,
      /^sent binary \d+ CONNECT +page-0\.\d+ +MQTT 3\.1\.1/,
      /^received binary 4 CONNACK +Connection accepted/,
      // Where the client is quick it and what ends the session are each sent in one message with what came before.
      /^sent binary \d+ .*room\/three /,
      /^received binary 20 room\/three /,
      /^sent binary \d+ .*DISCONNECT/,
      /^close /,
    ],
  },
  stomp: {
    path: /^\/stomp$/,
    ends: ['1006', '1005', '1005'],
    lines: [
      /^open connected · v12\.stomp$/,
      /^sent text 79 CONNECT␊/,
      /^received text 54 CONNECTED␊/,
      /^sent text 50 SUBSCRIBE␊/,
      /^sent text 29 DISCONNECT␊/,
      /^received text 29 RECEIPT␊/,
      /^close 1005 /,
    ],
  },
  signalr: {
    path: /^\/signalr$/,
    ends: ['1006', '1005'],
    lines: [
      OPENED,
      /^sent text 32 \{"protocol":"json","version":1\}/,
      /^received text 3 \{\}/,
      /^sent text 63 \{"target":"Add","arguments":\[3,4\]/,
      /^received text 41 .*"result":7/,
      /^close 1005 /,
    ],
  },
  sockjs: {
    path: /^\/sockjs\/\d+\/\w+\/websocket$/,
    ends: ['1006', '1000'],
    lines: [
      OPENED,
      /^received text 1 o$/,
      /^sent text 10 \["hällo"\]$/,
      /^received text 11 a\["hällo"\]$/,
      /^received text 31 a\[/,
      /^close 1000 /,
    ],
  },
  'y-websocket': {
    path: /^\/yjs\/room-/,
    ends: ['1006', '1006', '1005', '1005', '1005'],
    lines: [
      OPENED,
      /^sent binary \d+ 00 00/,
      /^received binary \d+ 00 01 .*1\. /,
      /^sent binary .*null$/,
      /^close 1005 /,
    ],
  },
  vite: {
    path: /^\/vite-hmr$/,
    ends: ['open'],
    lines: [
      /^open connected · vite-hmr$/,
      /^received text \d+ \{"type":"connected"\}$/,
      /^received text \d+ .*"js-update"/,
      /^sent text \d+ .*"compatibility:ask"/,
      /^received text \d+ .*HÄLLO/,
    ],
  },
};

/** Those that are looked at in the panel too. */
const SHOWN: Readonly<Record<BrowserName, readonly string[]>> = {
  chromium: Object.keys(CLIENTS),
  firefox: ['reconnecting-websocket', 'mqtt', 'socket-io'],
};

describe.each(BROWSERS)('a real client in %s', (name) => {
  const stage = useStage(name, SERVERS);

  it.each(Object.keys(CLIENTS))('does the same: %s', async (client) => {
    const plain = await stage.run('plain', `clients/${client}`);
    const hooked = await stage.run('hooked', `clients/${client}`);
    expect(hooked.transcript).toEqual(plain.transcript);
    expect([plain.hooked, hooked.hooked]).toEqual([false, true]);
    expect(plain.transcript.at(-1)).toBe('done');
  });

  it.each(SHOWN[name])('is shown in the panel, and does its work: %s', async (client) => {
    const { path, ends, lines: wanted } = CLIENTS[client] as Shown;
    const { panel, transcript } = await stage.watch(`clients/${client}`);
    expect(transcript.at(-1)).toBe('done');
    await expect.poll(() => panel.evaluate(endings, path.source), SOON).toEqual(ends);
    await panel.evaluate(showNewest, path.source);
    await expect.poll(async () => inOrder(await lines(panel), wanted), SOON).toEqual(wanted.map(String));
    await expect.poll(() => ledger(panel), SOON).toMatchObject({ dropped: 0, inFlight: 0 });
  });
});

/** How each socket of a path ended, the oldest first; lines that stand for several attempts are opened. */
function endings(path: string): (string | undefined)[] {
  for (const fold of document.querySelectorAll<HTMLElement>('.fold'))
    if (fold.textContent === '▸') fold.click();
  const pattern = new RegExp(path);
  const number = ({ id }: Element) => Number(id.replace('socket-', ''));
  return [...document.querySelectorAll('[role=option][id^="socket-"]')]
    .filter(({ textContent }) => pattern.test(new URL(textContent.split(' ')[0] ?? '').pathname))
    .sort((one, other) => number(one) - number(other))
    .map(({ textContent }) => (/ OPEN,/.test(textContent) ? 'open' : /CLOSED (\d+)/.exec(textContent)?.[1]));
}

/** Shows the frames of the socket of a path that was made last, alone. */
function showNewest(path: string): void {
  const pattern = new RegExp(path);
  const number = ({ id }: Element) => Number(id.replace('socket-', ''));
  [...document.querySelectorAll<HTMLElement>('[role=option][id^="socket-"]')]
    .filter(({ textContent }) => pattern.test(new URL(textContent.split(' ')[0] ?? '').pathname))
    .sort((one, other) => number(other) - number(one))[0]
    ?.click();
}

/** Of the patterns those that match a line each, one after the other. */
function inOrder(all: readonly string[], patterns: readonly RegExp[]): string[] {
  const found: string[] = [];
  let next = 0;
  for (const pattern of patterns) {
    const place = all.findIndex((line, index) => index >= next && pattern.test(line));
    if (place < 0) return [...found, `no ${pattern} in:`, ...all];
    found.push(String(pattern));
    next = place + 1;
  }
  return found;
}
