import { startDemo } from './server.ts';

const demo = await startDemo();
console.log('Open it, then open DevTools and choose the Framescope panel. Ctrl+C stops the demo.');

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void demo.close());
}
