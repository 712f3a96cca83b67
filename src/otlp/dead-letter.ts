import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../clock/clock.ts';
import type { Logger } from '../log/logger.ts';
import { LogThrottle } from './log-throttle.ts';

/** One line that a backend refused, as it stands in the file. */
export interface DeadLetter {
  /** When it was refused, ISO 8601. */
  readonly time: string;
  readonly backend: string;
  /** HTTP status; 0 when the line was never sent because it cannot be expressed in OTLP. */
  readonly status: number;
  readonly reason: string;
  /** The metric line, without its final `\n`. */
  readonly line: string;
}

/** Where refused lines go. */
export interface DeadLetters {
  /** For messages. */
  readonly path: string;
  /** Appends the letters in order; resolves when they are in the file or could not be written. Never rejects. */
  write(letters: readonly DeadLetter[]): Promise<void>;
}

/** What a {@link DeadLetterFile} needs to know. */
export interface DeadLetterOptions {
  /** `<data>/dead-letter/<backend>.jsonl` */
  readonly path: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** A file that has grown to this is put aside as `.1`, in place of the one before. */
  readonly maxBytes?: number;
}

const MAX_BYTES = 20 * 1024 * 1024;
/** A longer line is cut, so that a file cannot hold a single letter larger than itself. */
const MAX_LINE_CHARACTERS = 262_144;
const COMPLAIN_EVERY_MS = 60_000;

/**
 * The lines that a backend refused, one JSON object a line, for a person to look at. Two files of 20 MiB at the most. When
 * it cannot be written, that is logged, and delivery goes on: the ledger has counted the line.
 */
export class DeadLetterFile implements DeadLetters {
  readonly path: string;
  readonly #options: DeadLetterOptions;
  readonly #complaints: LogThrottle;
  #previous: Promise<void> = Promise.resolve();

  constructor(options: DeadLetterOptions) {
    this.path = options.path;
    this.#options = options;
    this.#complaints = new LogThrottle(options.clock, COMPLAIN_EVERY_MS);
  }

  write(letters: readonly DeadLetter[]): Promise<void> {
    this.#previous = this.#previous
      .then(() => this.#append(letters))
      .catch((error: unknown) => this.#complain(error));
    return this.#previous;
  }

  async #append(letters: readonly DeadLetter[]): Promise<void> {
    const text = Buffer.from(letters.map(format).join(''));
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
    const size = await this.#write(text);
    if (size >= (this.#options.maxBytes ?? MAX_BYTES)) await rename(this.path, `${this.path}.1`);
  }

  /** Returns the size of the file afterwards. A letter that does not fit on the disk is taken back, not left in half. */
  async #write(text: Buffer): Promise<number> {
    const file = await open(this.path, 'a', 0o600);
    try {
      const { size } = await file.stat();
      await file.appendFile(text).catch(async (error: unknown) => {
        await file.truncate(size);
        throw error;
      });
      return size + text.length;
    } finally {
      await file.close();
    }
  }

  #complain(error: unknown): void {
    this.#complaints.log('write', (suppressed) => {
      this.#options.logger.error(
        `Refused lines could not be written to "${this.path}"; they are counted as rejected`,
        {
          error,
          suppressed,
        },
      );
    });
  }
}

function format(letter: DeadLetter): string {
  const cut = letter.line.length > MAX_LINE_CHARACTERS;
  const line = cut ? letter.line.slice(0, MAX_LINE_CHARACTERS) : letter.line;
  return `${JSON.stringify({ ...letter, line, ...(cut && { truncated: true }) })}\n`;
}
