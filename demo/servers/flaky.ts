import { isWholeNumber } from '../shared/json.ts';
import { later, repeat, type Scenario, sendJson, socketScenario } from './scenario.ts';

const DEFAULT_LIFE_MS = 8000;
const MAX_LIFE_MS = 600_000;

/** `/flaky?after=8000` cuts the line, without a close frame, that many milliseconds after connecting. */
export function createFlaky(): Scenario {
  return socketScenario('/flaky', (client, query) => {
    const wanted = Number(query.get('after') ?? DEFAULT_LIFE_MS);
    const life = isWholeNumber(wanted, 1, MAX_LIFE_MS) ? wanted : DEFAULT_LIFE_MS;
    const connectedAt = performance.now();
    const left = (): number => Math.max(0, Math.round(life - (performance.now() - connectedAt)));
    sendJson(client, { type: 'hello', dropsInMs: life });
    repeat(client, 1000, () => sendJson(client, { type: 'heartbeat', dropsInMs: left() }));
    later(client, life, () => client.terminate());
  });
}
