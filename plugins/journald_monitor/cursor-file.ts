import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** Where the monitor was in the journal. */
export interface Position {
  readonly cursor: string;
  /** Time of the entry, in milliseconds since the Unix epoch. */
  readonly timeMs: number;
}

/** Reads what writePosition wrote; undefined when there is no such file. Throws when it cannot be read or understood. */
export function readPosition(file: string): Position | undefined {
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  const [, time = '', cursor = ''] = /^(\S+) ([!-~]{1,1024})\n?$/.exec(text) ?? [];
  const timeMs = Date.parse(time);
  if (Number.isNaN(timeMs)) throw new Error('wanted the time and the cursor of an entry');
  return { cursor, timeMs };
}

/** Keeps the position as one line, `2026-11-22T17:45:21.412Z s=…;i=…`; the file is never half written. */
export function writePosition(file: string, { cursor, timeMs }: Position): void {
  const beside = `${file}.tmp`;
  writeFileSync(beside, `${new Date(timeMs).toISOString()} ${cursor}\n`, { mode: 0o600 });
  renameSync(beside, file);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
