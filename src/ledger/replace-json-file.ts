import { open, rename } from 'node:fs/promises';

/** Writes a file for its owner only, so that it holds the old content or the new one, whole, whatever happens. */
export async function replaceJsonFile(path: string, content: unknown): Promise<void> {
  const draft = `${path}.tmp`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(content, undefined, 2)}\n`);
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}
