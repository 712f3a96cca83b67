import { readFileSync } from 'node:fs';
import { errorCode } from '../log/error-code.ts';

/** Which processes there are. */
export interface ProcessTable {
  /** This process. */
  readonly pid: number;
  isAlive(pid: number): boolean;
  /** When the process was started, in a form that no other process with this pid has; undefined where unknown. */
  startOf(pid: number): string | undefined;
}

/** The processes of this machine, or of this container. */
export const systemProcesses: ProcessTable = {
  pid: process.pid,
  isAlive(pid) {
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      return errorCode(error) === 'EPERM';
    }
  },
  startOf(pid) {
    try {
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The name, in brackets, may hold blanks and brackets itself; the start time is the 20th field after it.
      const startTicks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
      return `${boot} ${startTicks}`;
    } catch {
      return undefined;
    }
  },
};
