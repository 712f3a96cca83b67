import type { Clock } from '../clock/clock.ts';
import { logFileSystem } from '../metric-log/log-file-system.ts';
import { MetricLogFile } from '../metric-log/metric-log-file.ts';
import type { Rotation } from '../metric-log/metric-log-file.ts';

/** So much may wait for a slow disk; what comes on top of it is left out. */
const MAX_WAITING_BYTES = 1_048_576;

/** The collector's own log on disk, rotated as metric logs are. It is a copy: when the disk refuses, stderr has it still. */
export class DiagnosticFile {
  readonly #file: MetricLogFile;
  #waiting: string[] = [];
  #waitingBytes = 0;
  #leftOut = 0;
  #writing: Promise<void> | undefined;

  constructor(path: string, options: { readonly rotation: Rotation; readonly clock: Clock }) {
    this.#file = new MetricLogFile(path, { ...options, fileSystem: logFileSystem });
  }

  /** Takes a line that ends in a line break; returns at once. */
  write(line: string): void {
    if (this.#waitingBytes + line.length > MAX_WAITING_BYTES) {
      this.#leftOut += 1;
      return;
    }
    this.#waiting.push(line);
    this.#waitingBytes += line.length;
    this.#writing ??= this.#writeAll();
  }

  /** Writes what waits and closes the file. */
  async close(): Promise<void> {
    await this.#writing;
    await this.#file.close();
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const lines =
        this.#leftOut === 0 ? this.#waiting : [...this.#waiting, `.... ${this.#leftOut} lines left out\n`];
      this.#waiting = [];
      this.#waitingBytes = 0;
      this.#leftOut = 0;
      const texts = lines.map((line) => Buffer.from(line));
      await this.#file.append({
        lengths: Uint32Array.from(texts, (text) => text.length),
        text: Buffer.concat(texts),
      });
    }
    this.#writing = undefined;
  }
}
