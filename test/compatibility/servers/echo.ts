import { WebSocketServer } from 'ws';
import type { Service } from '../helpers/service.ts';

/** Answers with what it got; `twice`, `break` and `close 4000 reason` do as they say. */
export function echo(): Service {
  const server = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => [...offered].at(-1) ?? false,
  });
  server.on('connection', (client) => {
    client.on('error', () => client.terminate());
    client.on('message', (data: Buffer, isBinary) => {
      const text = isBinary ? '' : data.toString();
      const [, code, reason] = /^close (\d+) (.*)/.exec(text) ?? [];
      if (code !== undefined) client.close(Number(code), reason);
      else if (text === 'break') client.terminate();
      else client.send(data, { binary: isBinary });
      if (text === 'twice') client.send('second');
    });
  });
  return {
    path: '/echo',
    upgrade: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (client) => server.emit('connection', client, request)),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
