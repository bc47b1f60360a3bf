import { createClient } from 'graphql-ws';
import { drop, type Note, socketUrl, transcribe, until } from '../transcript.ts';

async function work(note: Note): Promise<void> {
  let connected = 0;
  let closed = 0;
  const client = createClient({
    url: socketUrl('/graphql'),
    lazy: false,
    retryWait: async () => {},
    shouldRetry: () => true,
    connectionParams: { token: 'secret' },
    onNonLazyError: (error) => note('error', String(error)),
    on: {
      connecting: (isRetry) => note('connecting', isRetry),
      connected: (socket, payload, wasRetry) => {
        connected++;
        note('connected', (socket as WebSocket).protocol, payload, wasRetry);
      },
      closed: (event) => {
        closed++;
        note('closed', (event as CloseEvent).code, (event as CloseEvent).wasClean);
      },
    },
  });
  const all = (query: string, variables: Record<string, unknown> = {}) =>
    new Promise<unknown[]>((resolve, reject) => {
      const results: unknown[] = [];
      client.subscribe(
        { query, variables },
        { next: (result) => results.push(result), error: reject, complete: () => resolve(results) },
      );
    });
  await until(() => connected === 1);
  note(await all('query ($name: String!) { hello(name: $name) }', { name: 'Ada' }));
  note(await all('subscription { count(to: 3) }'));
  note('bad', await all('query { nothing }').catch((errors: unknown) => errors));
  let counted = 0;
  const stop = client.subscribe(
    { query: 'subscription { count }' },
    { next: () => counted++, error: (error) => note('error', error), complete: () => note('complete') },
  );
  await until(() => counted > 2);
  stop();
  await drop('/graphql');
  await until(() => connected === 2);
  note(await all('query { hello(name: "again") }'));
  await client.dispose();
  await until(() => closed === 2);
}

transcribe(work);
