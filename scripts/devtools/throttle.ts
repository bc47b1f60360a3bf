/** How much of its time a process runs, in ms. */
export interface Pace {
  readonly runs: number;
  /** Of so many. */
  readonly every: number;
}

/** Whether processes can be stopped and let go on here, which Windows has no signals for. */
export const CAN_THROTTLE = process.platform !== 'win32';

/**
 * Lets a process run for a small part of its time alone, as on a machine that is short of processors. It is stopped the rest of the time,
 * and so costs none.
 * @param pid of the process
 * @returns lets it go
 */
export function throttle(pid: number, { runs, every }: Pace): () => void {
  let timer: NodeJS.Timeout | undefined;
  const stop = () => {
    process.kill(pid, 'SIGSTOP');
    timer = setTimeout(run, every - runs);
  };
  const run = () => {
    process.kill(pid, 'SIGCONT');
    timer = setTimeout(stop, runs);
  };
  stop();
  return () => {
    clearTimeout(timer);
    process.kill(pid, 'SIGCONT');
  };
}
