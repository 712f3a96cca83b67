import { readFile, rename, writeFile } from 'node:fs/promises';
import { errorCode } from '../log/error-code.ts';
import type { StatusSnapshot } from './status-snapshot.ts';

/** Writes the status of a running collector, for `scalyr-otel status` and for programs that watch it, in one step. */
export async function writeStatusFile(path: string, status: StatusSnapshot): Promise<void> {
  const draft = `${path}.new`;
  await writeFile(draft, `${JSON.stringify(status, undefined, 2)}\n`, { mode: 0o600 });
  await rename(draft, path);
}

/** Reads what {@link writeStatusFile} wrote; rejects when it cannot be read or holds something else. */
export async function readStatusFile(path: string): Promise<StatusSnapshot> {
  const content: unknown = JSON.parse(await readText(path));
  if (!isStatus(content)) throw new Error(`Cannot read the status file "${path}": it holds something else`);
  return content;
}

const WHY: ReadonlyMap<string | undefined, string> = new Map([
  ['ENOENT', 'there is none, so no collector has run with this agent_data_path yet'],
  ['EACCES', 'permission denied; ask as the user that the collector runs as'],
]);

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const why = WHY.get(errorCode(error));
    if (why === undefined) throw error;
    throw new Error(`Cannot read the status file "${path}": ${why}`, { cause: error });
  }
}

function isStatus(content: unknown): content is StatusSnapshot {
  return (
    typeof content === 'object' &&
    content !== null &&
    'ledger' in content &&
    'monitors' in content &&
    'pid' in content
  );
}
