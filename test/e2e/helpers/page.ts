import type { InspectedPage } from '../../../scripts/devtools/driver.ts';

/** What tests put into the pages they inspect. */
export interface TestWindow extends Window {
  /** Sockets by a name that the test gave. */
  sockets: Record<string, WebSocket | undefined>;
  /** What the page saw, for a test to ask for. */
  seen: unknown[];
}

/** Creates a socket in the page, keeps it as `sockets[name]` and waits until it is open. */
export async function openSocket(
  page: InspectedPage,
  url: string,
  name = 'main',
  protocols: readonly string[] = [],
): Promise<void> {
  await page.evaluate(
    async (address: string, key: string, offered: readonly string[]) => {
      const own = window as unknown as TestWindow;
      const socket = new WebSocket(address, [...offered]);
      own.sockets = { ...own.sockets, [key]: socket };
      await new Promise((resolve, reject) => {
        socket.addEventListener('open', resolve);
        socket.addEventListener('close', () => reject(new Error(`${address} was closed`)));
      });
    },
    url,
    name,
    protocols,
  );
}

/** Sends texts in one task of the page. */
export async function sendTexts(page: InspectedPage, texts: readonly string[], name = 'main'): Promise<void> {
  await page.evaluate(
    (key: string, messages: readonly string[]) => {
      for (const text of messages) (window as unknown as TestWindow).sockets[key]?.send(text);
    },
    name,
    texts,
  );
}

/** Closes a socket from the page's script. */
export async function closeSocket(page: InspectedPage, name = 'main', code?: number, reason?: string) {
  await page.evaluate(
    (key: string, wanted: number | null, why: string | null) => {
      const socket = (window as unknown as TestWindow).sockets[key];
      if (wanted === null) socket?.close();
      else socket?.close(wanted, why ?? undefined);
    },
    name,
    code ?? null,
    reason ?? null,
  );
}
