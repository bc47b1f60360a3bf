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
