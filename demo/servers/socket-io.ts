import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import type { Poll, PollPageEvents, PollServerEvents } from '../shared/poll.ts';
import type { Scenario } from './scenario.ts';

const OPTIONS = [
  { id: 'json', label: 'JSON' },
  { id: 'protobuf', label: 'Protobuf' },
  { id: 'msgpack', label: 'MessagePack' },
  { id: 'cbor', label: 'CBOR' },
] as const;

/** Someone else votes this often while anyone is connected, in milliseconds. */
const OTHERS_MS = 6000;

/** `/socket.io/` is a Socket.IO server, WebSocket transport only, with one poll for everyone. */
export function createSocketIo(): Scenario {
  const votes = new Map<string, number>([
    ['json', 12],
    ['protobuf', 7],
    ['msgpack', 4],
    ['cbor', 2],
  ]);
  const io = new Server<PollPageEvents, PollServerEvents>({ transports: ['websocket'], serveClient: false });
  // Socket.IO wants an HTTP server to itself; this one never listens and is only handed our upgrade requests.
  const gate = createServer();
  io.attach(gate);

  const count = (choice: string): void => {
    votes.set(choice, (votes.get(choice) ?? 0) + 1);
    io.emit('poll', currentPoll(votes));
  };
  io.on('connection', (socket) => {
    socket.emit('poll', currentPoll(votes));
    takeVotes(socket, votes, count);
  });
  const others = setInterval(() => {
    const option = OPTIONS[Math.floor(Math.random() * OPTIONS.length)];
    if (option !== undefined && io.engine.clientsCount > 0) count(option.id);
  }, OTHERS_MS);

  return {
    path: '/socket.io/',
    upgrade: (request, socket, head) => gate.emit('upgrade', request, socket, head),
    async close() {
      clearInterval(others);
      await io.close();
    },
  };
}

function takeVotes(
  socket: Socket<PollPageEvents, PollServerEvents>,
  votes: ReadonlyMap<string, number>,
  count: (choice: string) => void,
): void {
  // What arrives was typed by the client's author, not by us.
  socket.on('vote', (choice: unknown, reply: unknown) => {
    const known = typeof choice === 'string' && votes.has(choice);
    if (typeof reply === 'function') reply(known ? { ok: true } : { ok: false, error: 'No such option.' });
    if (!known) return;
    count(choice);
    socket.emit('receipt', choice, randomBytes(16));
  });
}

function currentPoll(votes: ReadonlyMap<string, number>): Poll {
  return {
    question: 'Which format do you debug most often?',
    options: OPTIONS.map(({ id, label }) => ({ id, label, votes: votes.get(id) ?? 0 })),
  };
}
