import { basename, dirname } from 'node:path';
import type { SpoolFile, SpoolFiles } from '../../../src/spool/spool-files.ts';

type Operation = 'makeFolder' | 'open' | 'write' | 'sync' | 'truncate' | 'remove' | 'syncFolder';

interface StoredFile {
  bytes: Buffer;
  /** What a power loss would leave. */
  durable: Buffer;
}

/** A file system in memory that can be full, broken, killed in the middle of a write, and lose its power. */
export class MemoryFiles implements SpoolFiles {
  readonly #disk: Map<string, StoredFile>;
  readonly #refusals = new Map<Operation, string>();
  /** Bytes that can be written before ENOSPC. */
  spaceLeft = Infinity;
  /** Bytes that one write takes at most. */
  largestWrite = Infinity;
  /** Bytes that can be written before the process is killed. */
  killedAfter = Infinity;
  /** Operations so far, as `sync 00000000000000000001.seg`. */
  readonly log: string[] = [];

  constructor(disk: ReadonlyMap<string, StoredFile> = new Map()) {
    this.#disk = new Map(disk);
  }

  /** From now on every such operation fails with `code`. */
  refuse(operation: Operation, code: string): void {
    this.#refusals.set(operation, code);
  }

  /** Everything works again, and there is space. */
  repair(): void {
    this.#refusals.clear();
    this.spaceLeft = Infinity;
  }

  get wasKilled(): boolean {
    return this.killedAfter <= 0;
  }

  /** The disk as the next process finds it when this one was killed: all that was written is there. */
  afterKill(): MemoryFiles {
    return new MemoryFiles(this.#disk);
  }

  /** The disk as it is when the power comes back: of what was not synced, the first `kept` bytes of each file. */
  afterPowerLoss(kept = 0): MemoryFiles {
    const survived = [...this.#disk].map(([path, { bytes, durable }]): [string, StoredFile] => {
      const content = bytes.length > durable.length ? bytes.subarray(0, durable.length + kept) : durable;
      return [path, { bytes: Buffer.from(content), durable: Buffer.from(content) }];
    });
    return new MemoryFiles(new Map(survived));
  }

  names(): string[] {
    return [...this.#disk.keys()].map((path) => basename(path)).sort();
  }

  content(path: string): Buffer {
    return this.#file(path).bytes;
  }

  put(path: string, bytes: Buffer): void {
    this.#disk.set(path, { bytes, durable: bytes });
  }

  /** Flips all bits of the byte at `offset`; a negative one counts from the end. */
  damage(path: string, offset: number): void {
    const bytes = Buffer.from(this.content(path));
    const at = offset < 0 ? bytes.length + offset : offset;
    bytes.writeUInt8(0xff - bytes.readUInt8(at), at);
    this.put(path, bytes);
  }

  async makeFolder(path: string): Promise<void> {
    this.#check('makeFolder', path);
  }

  async list(folder: string): Promise<string[]> {
    return [...this.#disk.keys()].filter((path) => dirname(path) === folder).map((path) => basename(path));
  }

  async open(path: string, mode: 'read' | 'update' | 'create'): Promise<SpoolFile> {
    if (mode !== 'read') this.#check('open', path);
    if (mode === 'read' && !this.#disk.has(path)) throw failure('ENOENT', path);
    if (mode === 'create' || !this.#disk.has(path)) {
      this.#disk.set(path, { bytes: Buffer.alloc(0), durable: Buffer.alloc(0) });
    }
    return this.#handle(this.#file(path), path);
  }

  async remove(path: string): Promise<void> {
    this.#check('remove', path);
    if (!this.#disk.delete(path)) throw failure('ENOENT', path);
  }

  async syncFolder(path: string): Promise<void> {
    this.#check('syncFolder', path);
  }

  #handle(file: StoredFile, path: string): SpoolFile {
    return {
      size: async () => file.bytes.length,
      read: async (into, position) => file.bytes.copy(into, 0, position),
      write: async (buffers, position) =>
        this.#write(file, path, { data: Buffer.concat([...buffers]), position }),
      truncate: async (size) => {
        this.#check('truncate', path);
        file.bytes = Buffer.from(file.bytes.subarray(0, size));
      },
      sync: async () => {
        this.#check('sync', path);
        file.durable = Buffer.from(file.bytes);
      },
      close: async () => undefined,
    };
  }

  #write(file: StoredFile, path: string, { data, position }: { data: Buffer; position: number }): number {
    this.#check('write', path);
    if (this.spaceLeft === 0) throw failure('ENOSPC', path);
    const length = Math.min(data.length, this.largestWrite, this.spaceLeft, this.killedAfter);
    const before = file.bytes.subarray(0, position);
    const after = file.bytes.subarray(position + length);
    file.bytes = Buffer.concat([before, data.subarray(0, length), after]);
    this.spaceLeft -= length;
    this.killedAfter -= length;
    if (this.wasKilled) throw failure('KILLED', path);
    return length;
  }

  #check(operation: Operation, path: string): void {
    if (this.wasKilled) throw failure('KILLED', path);
    this.log.push(`${operation} ${basename(path)}`);
    const code = this.#refusals.get(operation);
    if (code !== undefined) throw failure(code, path);
  }

  #file(path: string): StoredFile {
    const file = this.#disk.get(path);
    if (file === undefined) throw failure('ENOENT', path);
    return file;
  }
}

function failure(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: the test says so, '${path}'`), { code });
}
