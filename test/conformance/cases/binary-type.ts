import type { Section } from '../kit.ts';

/** https://websockets.spec.whatwg.org/#dom-websocket-binarytype */
export const binaryType: Section = {
  title: 'binaryType',
  cases: {
    'takes its two values and ignores all others': (kit) => {
      const socket = new WebSocket('/echo');
      const values: unknown[] = [
        'arraybuffer',
        'ArrayBuffer',
        '',
        'blob',
        'text',
        null,
        undefined,
        7,
        Symbol('s'),
      ];
      return kit.show([
        socket.binaryType,
        ...values.map((value) => [
          kit.attempt(() => {
            socket.binaryType = value as BinaryType;
          }),
          socket.binaryType,
          kit.keys(socket),
        ]),
      ]);
    },
    'decides for each message when it comes': async (kit) => {
      const socket = await kit.open('/command');
      const seen: unknown[] = [];
      socket.addEventListener('message', ({ data }) => {
        seen.push([socket.binaryType, kit.show(data), data instanceof Blob || data instanceof ArrayBuffer]);
        socket.binaryType = socket.binaryType === 'blob' ? 'arraybuffer' : 'blob';
      });
      for (let index = 0; index < 6; index++) {
        const next = kit.messages(socket, 1);
        socket.send(`bytes ${index},${index}`);
        await next;
      }
      return kit.show(seen);
    },
    'may be switched in the middle of a burst': async (kit) => {
      const socket = await kit.open('/command');
      const kinds = new Set<string>();
      socket.addEventListener('message', ({ data }) => {
        kinds.add(`${typeof data} ${socket.binaryType}`);
        socket.binaryType = 'blob';
      });
      const all = kit.messages(socket, 8);
      socket.send('mixed 8');
      await all;
      return [...kinds];
    },
    'gives buffers and Blobs of this realm that are the page’s to use': async (kit) => {
      const socket = await kit.open('/echo');
      const seen: unknown[] = [];
      for (const type of ['arraybuffer', 'blob'] as const) {
        socket.binaryType = type;
        const next = kit.next(socket, 'message');
        socket.send(Uint8Array.of(1, 2, 3));
        const event = (await next) as MessageEvent;
        const data = event.data as ArrayBuffer | Blob;
        seen.push(
          event.data === data,
          kit.show(data),
          kit.keys(data),
          Object.getPrototypeOf(data).constructor.name,
        );
        if (data instanceof Blob) seen.push(await data.text(), data.type);
        else {
          new Uint8Array(data).fill(7);
          seen.push(
            kit.show(event.data),
            structuredClone(data, { transfer: [data] }).byteLength,
            data.byteLength,
          );
        }
      }
      return kit.show(seen);
    },
  },
};
