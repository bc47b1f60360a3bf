import { createServer, type Server } from 'node:https';
import { TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';
import { onObjects, repeat, type Scenario, sendError, sendJson, socketScenario } from './scenario.ts';

const DAY_MS = 86_400_000;
const CLOCK_MS = 2000;

/** An HTTPS server with a certificate of its own for localhost and 127.0.0.1, made now and valid for 30 days. */
export async function createTlsServer(): Promise<Server> {
  const now = Date.now();
  const pems = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - DAY_MS),
    notAfterDate: new Date(now + 30 * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return createServer({ key: pems.private, cert: pems.cert });
}

/** `/secure`, on the TLS port, tells how the line is protected and then the time every two seconds. */
export function createSecure(): Scenario {
  return socketScenario('/secure', (client, _query, request) => {
    const line = request.socket;
    const cipher = line instanceof TLSSocket ? line.getCipher().name : 'none';
    const version = line instanceof TLSSocket ? line.getProtocol() : 'none';
    sendJson(client, { type: 'hello', protocol: version, cipher });
    repeat(client, CLOCK_MS, () => sendJson(client, { type: 'clock', time: new Date().toISOString() }));
    onObjects(client, (message) => {
      if (message.type === 'ping') sendJson(client, { ...message, type: 'pong' });
      else sendError(client, 'unknown-type', 'Known types: ping.');
    });
  });
}
