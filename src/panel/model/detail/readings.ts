import type { ReadingChoice } from '../../../decoders/protocol-signs.ts';
import { endpointOf } from '../../session/recording/lineage.ts';
import { LONGEST_ENDPOINT } from '../../settings/bytes-readings.ts';
import { SETTINGS } from '../../settings/schema.ts';
import type { PanelModel } from '../panel-model.ts';

/** Endpoints that are remembered; those that were chosen for the longest ago are forgotten first. */
const MOST = 500;

/**
 * Has the binary messages of all sockets of an endpoint read in one way, from now on and in later sessions.
 * @param choice undefined reads them as what they look like
 */
export function chooseReading(
  { settings }: PanelModel,
  url: string,
  choice: ReadingChoice | undefined,
): void {
  const kept = settings.of(SETTINGS.readings);
  const endpoint = endpointOf(url).slice(0, LONGEST_ENDPOINT);
  const others = kept.value.filter((other) => other.endpoint !== endpoint);
  kept.value = choice === undefined ? others : [...others, { endpoint, reading: choice }].slice(-MOST);
}
