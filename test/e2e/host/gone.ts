import { existsSync, readFileSync } from 'node:fs';
import { systemClock } from '../../../src/clock/system-clock.ts';

/** The number at the end of a line. */
export function numberIn(line: string | undefined): number {
  return Number(/(\d+)$/.exec(line ?? '')?.[1]);
}

/** Resolves when a process has ended; one that was reaped or waits for it counts as ended. */
export async function gone(pid: number): Promise<void> {
  while (existsSync(`/proc/${pid}/stat`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')) {
    await systemClock.sleep(20);
  }
}
