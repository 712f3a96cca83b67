import { logFileSystem } from '../../../src/metric-log/log-file-system.ts';
import type { LogFileSystem, OpenLogFile } from '../../../src/metric-log/log-file-system.ts';

/** The machine's file system, with a disk that a test can fill. */
export class FailingDisk implements LogFileSystem {
  /** Bytes that can still be written before the disk is full. */
  freeBytes = Infinity;
  /** Whether cutting a file back fails too. */
  truncates = true;
  /** Whether files can be renamed. */
  renames = true;
  /** Whether closing a file works, as it may not on a network. */
  closes = true;
  /** Most bytes that one write takes. */
  bytesAtOnce = Infinity;

  mkdir(path: string, options: { recursive: true; mode: number }): Promise<unknown> {
    return logFileSystem.mkdir(path, options);
  }

  async rename(from: string, to: string): Promise<void> {
    if (!this.renames) throw systemError('EACCES', 'permission denied');
    await logFileSystem.rename(from, to);
  }

  stat(path: string) {
    return logFileSystem.stat(path);
  }

  async open(path: string, flags: string, mode: number): Promise<OpenLogFile> {
    const file = await logFileSystem.open(path, flags, mode);
    return {
      write: (buffer, offset, length) => this.#write(file, buffer.subarray(offset, offset + length)),
      truncate: async (length) => {
        if (!this.truncates) throw systemError('EIO', 'i/o error');
        await file.truncate(length);
      },
      read: (buffer, offset, length, position) => file.read(buffer, offset, length, position),
      stat: () => file.stat(),
      close: async () => {
        await file.close();
        if (!this.closes) throw systemError('EIO', 'i/o error');
      },
    };
  }

  async #write(file: OpenLogFile, data: Buffer): Promise<{ bytesWritten: number }> {
    const taken = Math.min(data.length, this.freeBytes, this.bytesAtOnce);
    if (taken === 0) throw systemError('ENOSPC', 'no space left on device');
    this.freeBytes -= taken;
    return file.write(data, 0, taken);
  }
}

function systemError(code: string, text: string): Error {
  return Object.assign(new Error(`${code}: ${text}`), { code });
}
