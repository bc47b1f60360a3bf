import { createRequire } from 'node:module';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Service } from '../helpers/service.ts';

// The copy that graphql-ws has: schemas of another one do not count.
const { buildSchema } = createRequire(import.meta.url)('graphql') as typeof import('graphql');

const schema = buildSchema(`
  type Query { hello(name: String!): String! }
  type Subscription { count(to: Int): Int! }
`);

async function* count({ to }: { to?: number }) {
  for (let number = 1; to === undefined || number <= to; number++) {
    yield { count: number };
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** GraphQL over WebSocket: a query that greets and a subscription that counts. */
export function graphql(): Service {
  const server = new WebSocketServer({ noServer: true });
  const roots = {
    query: { hello: ({ name }: { name: string }) => `Hello, ${name}` },
    subscription: { count },
  };
  const disposable = useServer(
    { schema, roots, onConnect: ({ connectionParams }) => ({ welcome: connectionParams?.token }) },
    server,
  );
  return {
    path: '/graphql',
    upgrade: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (client) => server.emit('connection', client, request)),
    close: async () => disposable.dispose(),
  };
}
