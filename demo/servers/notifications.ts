import type { WebSocket } from 'ws';
import { between, later, onObjects, type Scenario, sendError, sendJson, socketScenario } from './scenario.ts';

const NOTICES = [
  { level: 'success', title: 'Build finished', text: 'main is green after 4 min 12 s.' },
  { level: 'info', title: 'Review requested', text: 'Ana asks you to look at “Keep the order of frames”.' },
  { level: 'warning', title: 'Disk almost full', text: 'db-2 has 8 % left.' },
  { level: 'info', title: 'New sign-in', text: 'From Firefox in Wien, Österreich.' },
  { level: 'success', title: 'Deployed', text: 'Version 2.14.0 is live in all regions.' },
  { level: 'info', title: 'Mention', text: 'Jürgen mentioned you in #sockets.' },
] as const;

const FIRST_AFTER_MS = 1200;

/**
 * `/notifications` sends one soon after connecting and then a few a minute.
 *
 * The page may send `{"type":"read","id":"n-3"}` or `{"type":"read-all"}` and gets `{"type":"unread","count"}` back.
 */
export function createNotifications(): Scenario {
  return socketScenario('/notifications', (client) => {
    const unread = new Set<string>();
    let sent = 0;
    const notify = (): void => {
      const notice = NOTICES[sent % NOTICES.length];
      sent += 1;
      const id = `n-${sent}`;
      unread.add(id);
      sendJson(client, { type: 'notification', id, ...notice, time: new Date().toISOString() });
      later(client, between(12_000, 20_000), notify);
    };
    later(client, FIRST_AFTER_MS, notify);
    listen(client, unread);
  });
}

function listen(client: WebSocket, unread: Set<string>): void {
  onObjects(client, (message) => {
    if (message.type === 'read-all') unread.clear();
    else if (message.type === 'read' && typeof message.id === 'string') unread.delete(message.id);
    else {
      sendError(client, 'unknown-type', 'Known messages: {"type":"read","id"} and {"type":"read-all"}.');
      return;
    }
    sendJson(client, { type: 'unread', count: unread.size });
  });
}
