import { stat } from 'node:fs/promises';
import type { Clock } from '../../clock/clock.ts';

const LOOK_MS = 2000;

/** Waits until one of some files changes, and names it; undefined when `signal` aborts before that. */
export async function whenChanged(
  files: readonly string[],
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<string | undefined> {
  const before = await Promise.all(files.map(versionOf));
  for (;;) {
    await clock.sleep(LOOK_MS, signal);
    if (signal.aborted) return undefined;
    const now = await Promise.all(files.map(versionOf));
    // A file that is not there is about to be replaced, or removed: neither is a reason to stop what runs.
    const changed = files.find((_file, index) => now[index] !== undefined && now[index] !== before[index]);
    if (changed !== undefined) return changed;
  }
}

async function versionOf(file: string): Promise<string | undefined> {
  try {
    const { mtimeMs, size, ino } = await stat(file);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return undefined;
  }
}
