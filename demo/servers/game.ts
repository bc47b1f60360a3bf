import type { WebSocket } from 'ws';
import { decodeGameFrame, encodeGameFrame } from '../shared/game-frames.ts';
import { ARENA, GameWorld, TICK_MS } from './game-world.ts';
import { type Scenario, sendError, socketScenario, toBuffer } from './scenario.ts';

/** Bytes waiting to be sent above which a client misses states: old ones are of no use to it. */
const MAX_WAITING = 256 * 1024;

/** `/game` sends the world as MessagePack 25 times a second and takes input frames. */
export function createGame(): Scenario {
  const world = new GameWorld();
  const clients = new Set<WebSocket>();
  let timer: NodeJS.Timeout | undefined;

  function tick(): void {
    world.advance();
    const frame = encodeGameFrame(world.state());
    for (const client of clients) {
      if (client.readyState === client.OPEN && client.bufferedAmount < MAX_WAITING) client.send(frame);
    }
  }

  function leave(client: WebSocket, player: number): void {
    clients.delete(client);
    world.leave(player);
    if (clients.size === 0) clearInterval(timer);
  }

  return socketScenario('/game', (client) => {
    const player = world.join();
    if (player === undefined) {
      client.close(1013, 'The arena is full');
      return;
    }
    clients.add(client);
    if (clients.size === 1) timer = setInterval(tick, TICK_MS);
    client.once('close', () => leave(client, player));
    client.send(encodeGameFrame({ type: 'welcome', player, ...ARENA }));
    client.on('message', (data, isBinary) => {
      const frame = isBinary ? decodeGameFrame(toBuffer(data)) : undefined;
      if (frame?.type === 'input') world.steer(player, frame.right, frame.down);
      else
        sendError(client, 'invalid-frame', 'Send MessagePack of { type: "input", sequence, right, down }.');
    });
  });
}
