import { readCursor } from './cursor-file.ts';
import type { StoredCursor } from './cursor-file.ts';
import { cursorBackend } from './cursor-format.ts';
import type { SpoolFiles } from './spool-files.ts';

/** The cursors in the folder of a spool, by name of their backend. */
export async function listCursors(
  folder: string,
  files: SpoolFiles,
): Promise<readonly { readonly backend: string; readonly stored: StoredCursor }[]> {
  const names = await files.list(folder);
  const backends = new Set(names.map(cursorBackend).filter((backend) => backend !== undefined));
  const found: { backend: string; stored: StoredCursor }[] = [];
  for (const backend of [...backends].sort())
    found.push({ backend, stored: await readCursor(folder, backend, files) });
  return found;
}
