import type { Section } from '../kit.ts';

/** https://websockets.spec.whatwg.org/#garbage-collection. In Chromium pages have `gc`; in Firefox the test collects for them. */
export const memory: Section = {
  title: 'Garbage collection',
  cases: {
    'of sockets that are closed and let go': async (kit) => {
      const collected: string[] = [];
      const registry = new FinalizationRegistry((name: string) => collected.push(name));
      const { gc } = window as { gc?: () => void };
      const kinds = {
        plain: async () => {
          const socket = await kit.open('/echo');
          await kit.end(socket);
          registry.register(socket, 'plain');
        },
        talkative: async () => {
          const socket = await kit.open('/echo');
          socket.onmessage = () => socket.binaryType;
          await kit.echo(socket, 'text');
          await kit.echo(socket, Uint8Array.of(1));
          await kit.end(socket);
          registry.register(socket, 'talkative');
        },
        refused: async () => {
          const socket = new WebSocket(kit.url('/refuse/404'));
          await kit.next(socket, 'close');
          registry.register(socket, 'refused');
        },
        'without listeners': async () => {
          const socket = new WebSocket(kit.url('/close'));
          registry.register(socket, 'without listeners');
        },
      };
      for (const make of Object.values(kinds)) await make();
      while (collected.length < Object.keys(kinds).length) {
        gc?.();
        await fetch('/collect');
      }
      return collected.sort();
    },
    'of objects whose methods made a socket and sent': async (kit) => {
      class Client {
        socket = new WebSocket(kit.url('/echo'));
        say(text: string) {
          this.socket.send(text);
        }
      }
      const collected: string[] = [];
      const registry = new FinalizationRegistry((name: string) => collected.push(name));
      const { gc } = window as { gc?: () => void };
      const use = async () => {
        const client = new Client();
        await kit.next(client.socket, 'open');
        client.say('text');
        await kit.next(client.socket, 'message');
        await kit.end(client.socket);
        registry.register(client, 'client');
      };
      await use();
      while (collected.length === 0) {
        gc?.();
        await fetch('/collect');
      }
      return collected;
    },
    'never of sockets that are open and have listeners': async (kit) => {
      const { gc } = window as { gc?: () => void };
      let dropped = 0;
      const registry = new FinalizationRegistry((name: string) => {
        if (name === 'marker') dropped++;
      });
      const held = `/held${location.pathname}`;
      const heard = new Promise((resolve) => {
        const socket = new WebSocket(kit.url(held));
        socket.addEventListener('open', () => socket.send('echoed'));
        socket.addEventListener('message', ({ data }) => {
          resolve(data);
          socket.close();
        });
      });
      // A collection has run once another object is gone.
      (() => registry.register({}, 'marker'))();
      while (dropped === 0) {
        gc?.();
        await fetch('/collect');
      }
      await fetch(`/release${held}`);
      return kit.show([await heard]);
    },
  },
};
