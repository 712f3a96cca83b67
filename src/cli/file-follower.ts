import { open } from 'node:fs/promises';

const CHUNK_BYTES = 65_536;

/** Reads the lines that are added to a file, as `tail -f` does. The file may not be there yet; it must not be rotated. */
export class FileFollower {
  readonly #path: string;
  readonly #onLine: (line: string) => void;
  #offset = 0;
  #partial = '';
  #reading: Promise<void> = Promise.resolve();

  constructor(path: string, onLine: (line: string) => void) {
    this.#path = path;
    this.#onLine = onLine;
  }

  /** Reads what has been added since the last call. */
  readOn(): Promise<void> {
    this.#reading = this.#reading.then(() => this.#read());
    return this.#reading;
  }

  async #read(): Promise<void> {
    const file = await open(this.#path, 'r').catch(() => undefined);
    if (file === undefined) return;
    try {
      for (;;) {
        const { bytesRead, buffer } = await file.read(
          Buffer.alloc(CHUNK_BYTES),
          0,
          CHUNK_BYTES,
          this.#offset,
        );
        if (bytesRead === 0) return;
        this.#offset += bytesRead;
        this.#take(buffer.toString('utf8', 0, bytesRead));
      }
    } finally {
      await file.close();
    }
  }

  #take(text: string): void {
    const lines = `${this.#partial}${text}`.split('\n');
    this.#partial = lines.pop() ?? '';
    for (const line of lines) this.#onLine(line);
  }
}
