/** The longest delay a timer takes, just under 25 days. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Resolves after `ms` milliseconds, which may be Infinity, or as soon as `signal` aborts. Never rejects. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  let remaining = ms;
  do {
    const step = Math.min(Math.max(0, remaining), LONGEST_TIMER_MS);
    await sleepStep(step, signal);
    remaining -= step;
  } while (remaining > 0 && !signal.aborted);
}

function sleepStep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    signal.addEventListener('abort', finish, { once: true });
  });
}
