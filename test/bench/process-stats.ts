import { readFileSync } from 'node:fs';

/** Clock ticks per second of /proc/<pid>/stat; 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** What the kernel knows of a running process. */
export interface ProcessStats {
  /** User and system time of all threads, ended ones included, in seconds. */
  readonly cpuSecs: number;
  readonly rssBytes: number;
  /** Bytes that were written, to files and sockets alike. */
  readonly writtenBytes: number;
}

/** Reads the books of process `pid` from /proc (Linux only). Throws when there is no such process. */
export function readProcessStats(pid: number): ProcessStats {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const io = readFileSync(`/proc/${pid}/io`, 'utf8');
  return {
    cpuSecs: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
    rssBytes: readRss(pid),
    writtenBytes: Number(/^wchar: (\d+)$/m.exec(io)?.[1]),
  };
}

/** Memory of process `pid` that is in use, in bytes. */
export function readRss(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}
