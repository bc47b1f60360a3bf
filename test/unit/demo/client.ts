import { WebSocket } from 'ws';
import { toBuffer } from '../../../demo/servers/scenario.ts';
import { type JsonObject, parseObject } from '../../../demo/shared/json.ts';

/** How a line ended, as the client saw it. */
export interface Ending {
  readonly code: number;
  readonly reason: string;
}

/** A real WebSocket client that keeps what it receives, from the first message on. */
export interface Client {
  readonly socket: WebSocket;
  readonly texts: string[];
  readonly binaries: Buffer[];
  readonly ended: Promise<Ending>;
  /** The JSON objects among the texts. */
  objects(): JsonObject[];
  sendJson(message: object): void;
}

const open = new Set<WebSocket>();

/** Connects; resolves when the line is open. */
export async function connect(address: string): Promise<Client> {
  const socket = new WebSocket(address, { rejectUnauthorized: false });
  open.add(socket);
  const texts: string[] = [];
  const binaries: Buffer[] = [];
  socket.on('message', (data, isBinary) => {
    if (isBinary) binaries.push(toBuffer(data));
    else texts.push(toBuffer(data).toString());
  });
  const ended = new Promise<Ending>((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  return {
    socket,
    texts,
    binaries,
    ended,
    objects: () => texts.map(parseObject).filter((message) => message !== undefined),
    sendJson: (message) => socket.send(JSON.stringify(message)),
  };
}

/** Cuts every client of the test. */
export function disconnectAll(): void {
  for (const socket of open) socket.terminate();
  open.clear();
}
