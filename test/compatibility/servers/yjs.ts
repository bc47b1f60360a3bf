import { createDecoder, readVarUint, readVarUint8Array } from 'lib0/decoding';
import { createEncoder, length, toUint8Array, writeVarUint, writeVarUint8Array } from 'lib0/encoding';
import { type WebSocket, WebSocketServer } from 'ws';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import { Doc } from 'yjs';
import { urlOf } from '../helpers/server.ts';
import type { Service } from '../helpers/service.ts';

const SYNC = 0;
const AWARENESS = 1;

/** Rooms in which Yjs documents are kept in step. */
export function yjs(): Service {
  const server = new WebSocketServer({ noServer: true });
  const rooms = new Map<string, Room>();
  return {
    path: '/yjs',
    upgrade: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (client) => {
        const { pathname } = urlOf(request);
        const room = rooms.get(pathname) ?? new Room();
        rooms.set(pathname, room);
        room.enter(client);
      }),
    async close() {
      for (const room of rooms.values()) room.close();
      server.close();
    },
  };
}

class Room {
  private readonly doc = new Doc();
  private readonly awareness = new Awareness(this.doc);
  private readonly clients = new Set<WebSocket>();

  constructor() {
    this.awareness.setLocalState(null);
    this.doc.on('update', (update: Uint8Array) => {
      this.broadcast(SYNC, (encoder) => writeUpdate(encoder, update));
    });
    this.awareness.on('update', ({ added, updated, removed }: Record<string, number[]>) => {
      const changed = [...(added ?? []), ...(updated ?? []), ...(removed ?? [])];
      const state = encodeAwarenessUpdate(this.awareness, changed);
      this.broadcast(AWARENESS, (encoder) => writeVarUint8Array(encoder, state));
    });
  }

  enter(client: WebSocket): void {
    this.clients.add(client);
    client.binaryType = 'arraybuffer';
    client.on('error', () => client.terminate());
    client.on('close', () => this.clients.delete(client));
    client.on('message', (data: ArrayBuffer) => this.receive(client, new Uint8Array(data)));
    client.send(message(SYNC, (encoder) => writeSyncStep1(encoder, this.doc)));
  }

  close(): void {
    this.awareness.destroy();
    this.doc.destroy();
  }

  private receive(client: WebSocket, bytes: Uint8Array): void {
    const decoder = createDecoder(bytes);
    const type = readVarUint(decoder);
    if (type === AWARENESS) applyAwarenessUpdate(this.awareness, readVarUint8Array(decoder), client);
    if (type !== SYNC) return;
    const encoder = createEncoder();
    writeVarUint(encoder, SYNC);
    readSyncMessage(decoder, encoder, this.doc, client);
    if (length(encoder) > 1) client.send(toUint8Array(encoder));
  }

  private broadcast(type: number, write: (encoder: ReturnType<typeof createEncoder>) => void): void {
    const bytes = message(type, write);
    for (const client of this.clients) client.send(bytes);
  }
}

function message(type: number, write: (encoder: ReturnType<typeof createEncoder>) => void): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, type);
  write(encoder);
  return toUint8Array(encoder);
}
