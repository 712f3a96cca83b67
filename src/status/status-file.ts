import { readFile, rename, writeFile } from 'node:fs/promises';
import type { StatusSnapshot } from './status-snapshot.ts';

/** Writes the status of a running collector, for `scalyr-otel status` and for programs that watch it, in one step. */
export async function writeStatusFile(path: string, status: StatusSnapshot): Promise<void> {
  const draft = `${path}.new`;
  await writeFile(draft, `${JSON.stringify(status, undefined, 2)}\n`, { mode: 0o600 });
  await rename(draft, path);
}

/** Reads what {@link writeStatusFile} wrote; rejects when there is no such file or it holds something else. */
export async function readStatusFile(path: string): Promise<StatusSnapshot> {
  const content: unknown = JSON.parse(await readFile(path, 'utf8'));
  if (!isStatus(content)) throw new Error(`Cannot read the status file "${path}": it holds something else`);
  return content;
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
