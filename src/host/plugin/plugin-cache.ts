import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Bundles kept of one plugin: the newest, and older ones that a host may still be started with. */
const KEPT_VERSIONS = 4;

/** Bundles of plugins on disk, each named by the hash of its content. Only the user of the collector can read them. */
export class PluginCache {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Stores the bundle of a plugin and returns its path. Rejects when the folder cannot be written. */
  async store(pluginFile: string, code: string): Promise<string> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const prefix = `${path.parse(pluginFile).name}-${hash(pluginFile, 8)}-`;
    const stored = path.join(this.#folder, `${prefix}${hash(code, 16)}.mjs`);
    if ((await readIfThere(stored)) === code) return stored;
    // A name of its own: other instances of the same monitor may store the same bundle at this moment.
    const unfinished = `${stored}.${randomUUID()}.tmp`;
    await writeFile(unfinished, code, { mode: 0o600 });
    await rename(unfinished, stored);
    await this.#removeOldVersions(prefix);
    return stored;
  }

  async #removeOldVersions(prefix: string): Promise<void> {
    const names = (await readdir(this.#folder)).filter(
      (name) => name.startsWith(prefix) && name.endsWith('.mjs'),
    );
    const versions = await Promise.all(
      names.map(async (name) => {
        const file = path.join(this.#folder, name);
        return { file, writtenMs: (await stat(file)).mtimeMs };
      }),
    );
    const old = versions.sort((a, b) => b.writtenMs - a.writtenMs).slice(KEPT_VERSIONS);
    await Promise.all(old.map(({ file }) => rm(file, { force: true })));
  }
}

function hash(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}

/** A bundle is read and not trusted by its name: a power loss can leave an empty file behind. */
async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
}
