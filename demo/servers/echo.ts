import { type Scenario, socketScenario, toBuffer } from './scenario.ts';

/** `/echo` sends every message back as it came, text as text and binary as binary. */
export function createEcho(): Scenario {
  return socketScenario('/echo', (client) => {
    client.on('message', (data, isBinary) => client.send(toBuffer(data), { binary: isBinary }));
  });
}
