import { readdirSync, readFileSync } from 'node:fs';

/** Processes that `pid` started, and those that they started, from /proc (Linux only). */
export function descendantsOf(pid: number): readonly number[] {
  const parents = readParents();
  const found = new Set([pid]);
  for (let size = 0; size < found.size;) {
    size = found.size;
    for (const [child, parent] of parents) if (found.has(parent)) found.add(child);
  }
  found.delete(pid);
  return [...found];
}

/** Of {@link descendantsOf}, those that started no process themselves. */
export function leavesOf(pid: number): readonly number[] {
  const parents = new Set(readParents().values());
  return descendantsOf(pid).filter((descendant) => !parents.has(descendant));
}

/** Memory of a process with what it shares divided among those who share it, in bytes. */
export function readPss(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1]) * 1024;
}

function readParents(): ReadonlyMap<number, number> {
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  return new Map(pids.map((pid) => [pid, parentOf(pid)]));
}

function parentOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    // It has ended in the meantime.
    return 0;
  }
}
