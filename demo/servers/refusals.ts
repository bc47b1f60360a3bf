import { type Scenario, sendError, socketScenario } from './scenario.ts';

/** `/refuse` answers the handshake with HTTP 403. */
export function createRefuse(): Scenario {
  const body = 'This service refuses every handshake.\n';
  const response = [
    'HTTP/1.1 403 Forbidden',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
  return {
    path: '/refuse',
    upgrade(_request, socket) {
      socket.on('error', () => socket.destroy());
      socket.end(response, () => socket.destroy());
    },
    close: async () => {},
  };
}

/** `/policy` accepts and closes at once with 1008. */
export function createPolicy(): Scenario {
  return closingScenario('/policy', 1008, 'Policy violation: this origin may not subscribe');
}

/** `/unauthorized` accepts and closes at once with 4401, a code of the application's own. */
export function createUnauthorized(): Scenario {
  return closingScenario('/unauthorized', 4401, 'Session expired, please sign in again');
}

function closingScenario(path: string, code: number, reason: string): Scenario {
  return socketScenario(path, (client) => {
    sendError(client, String(code), reason);
    client.close(code, reason);
  });
}
