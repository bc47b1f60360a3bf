/** Calls back in a task of its own. */
export type Turns = (callback: () => void) => void;

/**
 * Tasks that come at once and yet leave room for input and pictures between them. Unlike timers and animation frames they come as
 * often in a panel that is hidden.
 */
export function turnsOfBrowser(): Turns {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return (callback) => {
    waiting.push(callback);
    port2.postMessage(undefined);
  };
}

/** A task of its own, at once: a hidden panel has but one timer a second. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
