/**
 * What the spool needs of a file system; tests give it one that is full, broken or cut off in the middle of a write.
 * Errors are those of node:fs, with their `code`.
 */
export interface SpoolFiles {
  /** Makes the folder and those above it, 0700, where they do not exist. */
  makeFolder(path: string): Promise<void>;
  /** Names of what is in the folder, in any order. */
  list(folder: string): Promise<string[]>;
  /** `read` and `update` want an existing file, except that `update` makes one; `create` starts with an empty one. */
  open(path: string, mode: 'read' | 'update' | 'create'): Promise<SpoolFile>;
  remove(path: string): Promise<void>;
  /** Makes the creation of files in the folder survive a power loss. */
  syncFolder(path: string): Promise<void>;
}

/** An open file. */
export interface SpoolFile {
  size(): Promise<number>;
  /** Fills `into` from byte `position` on; the number of bytes read is smaller at the end of the file. */
  read(into: Buffer, position: number): Promise<number>;
  /** Writes at byte `position`; the number of bytes written may be smaller than asked for. */
  write(buffers: readonly Buffer[], position: number): Promise<number>;
  truncate(size: number): Promise<void>;
  /** Makes what was written survive a power loss. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a file for as long as `use` takes. */
export async function withFile<T>(
  files: SpoolFiles,
  { path, mode }: { readonly path: string; readonly mode: 'read' | 'update' },
  use: (file: SpoolFile) => Promise<T>,
): Promise<T> {
  const file = await files.open(path, mode);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

/** Writes all of `buffers`, whatever number of calls that takes. */
export async function writeFully(
  file: SpoolFile,
  buffers: readonly Buffer[],
  position: number,
): Promise<void> {
  let rest = buffers;
  let at = position;
  while (rest.length > 0) {
    const written = await file.write(rest, at);
    at += written;
    rest = after(rest, written);
    if (written === 0 && rest.length > 0) throw new Error('nothing was written, and no error was given');
  }
}

/** Reads up to `length` bytes from `position` on; fewer only at the end of the file. */
export async function readFully(file: SpoolFile, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(length);
  let filled = 0;
  while (filled < length) {
    const read = await file.read(bytes.subarray(filled), position + filled);
    if (read === 0) break;
    filled += read;
  }
  return bytes.subarray(0, filled);
}

function after(buffers: readonly Buffer[], bytes: number): readonly Buffer[] {
  let left = bytes;
  for (const [index, buffer] of buffers.entries()) {
    if (left < buffer.length) return [buffer.subarray(left), ...buffers.slice(index + 1)];
    left -= buffer.length;
  }
  return [];
}
