// Outlives the process that started it for a moment: when that one ends, however it ends, its end of standard input
// closes; the browser is then killed and its profile removed. Plain JavaScript, so that it starts without a compiler.
import { rmSync } from 'node:fs';

const [pid, profile] = process.argv.slice(2);
process.stdin.resume();
process.stdin.on('end', () => {
  try {
    // A negative id is the whole process group, which Windows does not have.
    process.kill(process.platform === 'win32' ? Number(pid) : -Number(pid), 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
  rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});
// What a terminal sends to everything in it must not end the guard before its work.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
