import { createChatCard } from './cards/chat.ts';
import { createEchoCard } from './cards/echo.ts';
import { createFlakyCard } from './cards/flaky.ts';
import { createGameCard } from './cards/game.ts';
import { createMqttCard } from './cards/mqtt.ts';
import { createNotificationsCard } from './cards/notifications.ts';
import { createRefusalsCard } from './cards/refusals.ts';
import { createSecureCard } from './cards/secure.ts';
import { createSocketIoCard } from './cards/socket-io.ts';
import { createTickerCard, readRate } from './cards/ticker.ts';
import type { Section } from './section.ts';

const query = new URLSearchParams(location.search);
const tlsPort = document.documentElement.dataset.tlsPort ?? '5181';

/** The cards in the order of the page, by the names that `?only=` takes. */
const CARDS: Readonly<Record<string, () => Section>> = {
  ticker: () => createTickerCard(readRate(query)),
  chat: createChatCard,
  game: createGameCard,
  echo: createEchoCard,
  notifications: createNotificationsCard,
  mqtt: createMqttCard,
  socketio: createSocketIoCard,
  flaky: createFlakyCard,
  secure: () => createSecureCard(tlsPort),
  refusals: createRefusalsCard,
};

function showCards(only: readonly string[] | undefined): void {
  const names = Object.keys(CARDS).filter((name) => only === undefined || only.includes(name));
  const sections = names.flatMap((name) => CARDS[name]?.() ?? []);
  document.querySelector('#cards')?.append(...sections.map(({ element }) => element));
  for (const section of sections) section.start();
}

showCards(query.get('only')?.split(','));
