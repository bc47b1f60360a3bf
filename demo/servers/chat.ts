import type { WebSocket } from 'ws';
import { type ChatLine, readChatLine, writeChatLine } from '../shared/chat-lines.ts';
import type { JsonObject } from '../shared/json.ts';
import { ANSWERS, REGULARS, SMALL_TALK } from './chat-script.ts';
import {
  between,
  onObjects,
  pick,
  type Scenario,
  sendError,
  sendJson,
  sendText,
  socketScenario,
} from './scenario.ts';

/** Lines that follow each other quickly, so that there is a conversation to see. */
const QUICK_LINES = 4;
const MAX_USER = 40;
const MAX_TEXT = 2000;
const GREETING = /^\s*(hallo|hi|hello|hey|moin|servus|guten)\b/i;

/** `/chat` is one room for all clients, with four simulated users who chat while anyone listens. */
export function createChat(): Scenario {
  const room = new Room();
  return socketScenario('/chat', (client) => {
    room.join(client);
    sendJson(client, { type: 'welcome', users: REGULARS });
    onObjects(client, (message) => room.hear(client, message));
  });
}

class Room {
  readonly #clients = new Set<WebSocket>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #next = 0;
  /** Lines since somebody came into the empty room. */
  #spoken = 0;

  join(client: WebSocket): void {
    this.#clients.add(client);
    client.once('close', () => this.#leave(client));
    if (this.#clients.size > 1) return;
    this.#spoken = 0;
    this.#later(600, () => this.#smallTalk());
  }

  /** Passes a client's line on to everyone, itself included, and has one of the regulars answer. */
  hear(client: WebSocket, message: JsonObject): void {
    const line = readChatLine(message);
    if (line === undefined) {
      sendError(client, 'unknown-message', 'Send {"user", "message"} or {"benutzer", "nachricht"}.');
    } else if (line.user.length > MAX_USER || line.text.length > MAX_TEXT) {
      sendError(client, 'too-long', `At most ${MAX_USER} characters of name and ${MAX_TEXT} of text.`);
    } else {
      this.#say(line);
      this.#later(between(600, 1200), () => this.#say(answerTo(line)));
    }
  }

  #leave(client: WebSocket): void {
    this.#clients.delete(client);
    if (this.#clients.size > 0) return;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #smallTalk(): void {
    this.#say(SMALL_TALK[this.#next % SMALL_TALK.length] ?? SMALL_TALK[0]);
    this.#next += 1;
    this.#spoken += 1;
    const pause = this.#spoken < QUICK_LINES ? between(700, 1400) : between(3500, 6500);
    this.#later(pause, () => this.#smallTalk());
  }

  #say(line: ChatLine): void {
    const text = writeChatLine(line);
    for (const client of this.#clients) sendText(client, text);
  }

  #later(milliseconds: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, milliseconds);
    this.#timers.add(timer);
  }
}

function answerTo(line: ChatLine): ChatLine {
  const answers = ANSWERS[line.language];
  const text = GREETING.test(line.text)
    ? pick(answers.greeting)
    : line.text.includes('?')
      ? pick(answers.question)
      : pick(answers.statement);
  return { language: line.language, user: pick(answers.users), text };
}
