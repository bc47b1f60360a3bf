import { createServer } from 'node:http';
import { type Listener, listen, type Place, routeUpgrades } from './listener.ts';
import { createChat } from './servers/chat.ts';
import { createEcho } from './servers/echo.ts';
import { createFlaky } from './servers/flaky.ts';
import { createGame } from './servers/game.ts';
import { createMqtt } from './servers/mqtt.ts';
import { createNotifications } from './servers/notifications.ts';
import { createPolicy, createRefuse, createUnauthorized } from './servers/refusals.ts';
import type { Scenario } from './servers/scenario.ts';
import { createSecure, createTlsServer } from './servers/secure.ts';
import { createSocketIo } from './servers/socket-io.ts';
import { createTicker } from './servers/ticker.ts';
import { createSite, createTrustSite } from './site.ts';

const DEFAULT_PORT = 5180;
const DEFAULT_TLS_PORT = 5181;

/** Where the demo listens, always on 127.0.0.1. */
export interface DemoOptions {
  /** Port of the page and all plain services; 0 for any free one. Without it 5180, or any free one if taken. */
  readonly port?: number;
  /** Port of the service over TLS; 0 for any free one. Without it 5181, or any free one if taken. */
  readonly tlsPort?: number;
  /** Prints no addresses. */
  readonly quiet?: boolean;
}

/** A demo that runs. */
export interface Demo {
  /** Address of the page, with a slash at its end. */
  readonly url: string;
  readonly port: number;
  readonly tlsPort: number;
  /** Ends every connection, timer and server. */
  close(): Promise<void>;
}

/** Starts the page and its services; resolves when all of them can be reached. */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const closers: Array<() => Promise<void>> = [];
  const close = async (): Promise<void> => {
    await Promise.all(closers.splice(0).map((closeOne) => closeOne()));
  };
  try {
    const secure = await startSecure(place(options.tlsPort, DEFAULT_TLS_PORT), closers);
    const plain = await startPlain(place(options.port, DEFAULT_PORT), secure.port, closers);
    const url = `http://127.0.0.1:${plain.port}/`;
    if (options.quiet !== true) console.log(`Framescope demo: ${url} (TLS on port ${secure.port})`);
    return { url, port: plain.port, tlsPort: secure.port, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startSecure(where: Place, closers: Array<() => Promise<void>>): Promise<Listener> {
  const [server, site] = await Promise.all([createTlsServer(), createTrustSite()]);
  const scenario = createSecure();
  closers.push(scenario.close);
  server.on('request', site);
  routeUpgrades(server, [scenario]);
  const listener = await listen(server, where);
  closers.push(listener.close);
  return listener;
}

async function startPlain(
  where: Place,
  tlsPort: number,
  closers: Array<() => Promise<void>>,
): Promise<Listener> {
  const site = await createSite(tlsPort);
  const scenarios: readonly Scenario[] = [
    createEcho(),
    createChat(),
    createTicker(),
    createGame(),
    createNotifications(),
    await createMqtt(),
    createSocketIo(),
    createFlaky(),
    createRefuse(),
    createPolicy(),
    createUnauthorized(),
  ];
  closers.push(...scenarios.map((scenario) => scenario.close));
  const server = createServer(site);
  routeUpgrades(server, scenarios);
  const listener = await listen(server, where);
  closers.push(listener.close);
  return listener;
}

function place(wanted: number | undefined, preferred: number): Place {
  return { port: wanted ?? preferred, orAny: wanted === undefined };
}
