import { link, mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode } from '../log/error-code.ts';
import { systemProcesses } from './process-table.ts';
import type { ProcessTable } from './process-table.ts';

/** A data folder that belongs to this collector until it lets go. */
export interface DataLock {
  release(): Promise<void>;
}

/**
 * Takes the data folder for this process: two collectors in one folder would destroy each other's spools. A lock whose
 * process is gone is taken over. Rejects, naming the process, when a living one has it.
 *
 * The lock is the file `collector.lock` with pid and start of the process. It appears by link(2), so it is there with its
 * content or not at all. Processes of other machines or containers that share the folder are not seen.
 */
export async function lockDataFolder(folder: string, processes = systemProcesses): Promise<DataLock> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'collector.lock');
  const own = JSON.stringify({ pid: processes.pid, start: processes.startOf(processes.pid) });
  while (!(await create(path, own, processes.pid))) await removeStale(path, processes);
  return {
    async release() {
      if ((await content(path)) === own) await unlink(path);
    },
  };
}

async function create(path: string, own: string, pid: number): Promise<boolean> {
  const draft = `${path}.${pid}.new`;
  await writeFile(draft, own, { mode: 0o600 });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(draft);
  }
}

/** Removes a lock whose process is gone. Another collector may do so at the same time: only what was read is removed. */
async function removeStale(path: string, processes: ProcessTable): Promise<void> {
  const found = await content(path);
  if (found === undefined) return;
  const holder = livingHolder(found, processes);
  if (holder !== undefined) throw locked(path, holder);
  const aside = `${path}.${processes.pid}.stale`;
  await rename(path, aside).catch(ignoreMissing);
  const taken = await content(aside);
  if (taken !== undefined && taken !== found) await link(aside, path).catch(() => undefined);
  await unlink(aside).catch(ignoreMissing);
}

function livingHolder(found: string, processes: ProcessTable): number | undefined {
  const [, pid, , start] = /^\{"pid":(\d+)(,"start":"([^"]*)")?\}$/.exec(found) ?? [];
  if (pid === undefined || !processes.isAlive(Number(pid))) return undefined;
  const now = processes.startOf(Number(pid));
  const isAnother = start !== undefined && now !== undefined && start !== now;
  return isAnother ? undefined : Number(pid);
}

function locked(path: string, pid: number): Error {
  return new Error(
    `Cannot use the data folder "${dirname(path)}": the collector with pid ${pid} is using it; stop that one, or give this one an agent_data_path of its own`,
  );
}

async function content(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    ignoreMissing(error);
    return undefined;
  }
}

function ignoreMissing(error: unknown): void {
  if (errorCode(error) !== 'ENOENT') throw error;
}
