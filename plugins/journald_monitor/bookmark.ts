import type { MonitorLogger } from 'scalyr-otel-bridge';
import { readPosition, writePosition } from './cursor-file.ts';
import type { Position } from './cursor-file.ts';
import type { Start } from './journalctl-arguments.ts';

export interface BookmarkSetup {
  /** The file that remembers the last entry; empty: none does. */
  readonly file: string;
  /** Entries older than that are left out after a stop. */
  readonly stalenessSecs: number;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  readonly logger: MonitorLogger;
}

const REPEAT_ERROR_SECS = 300;

/** Where the monitor is in the journal, and the file that remembers it. */
export class Bookmark {
  readonly #setup: BookmarkSetup;
  #start: Start | undefined;
  #position: Position | undefined;
  #saved: Position | undefined;

  constructor(setup: BookmarkSetup) {
    this.#setup = setup;
  }

  /** Where to read on: behind the last entry; at first behind the one that the file remembers, or now. */
  get start(): Start {
    return (this.#start ??= this.#begin());
  }

  moveTo(position: Position): void {
    this.#position = position;
    this.#start = { kind: 'cursor', cursor: position.cursor };
  }

  /** Reads on from the time of the last entry, because its cursor is not understood. */
  dropCursor(): void {
    if (this.#position === undefined) return;
    this.#start = { kind: 'time', timeMs: this.#position.timeMs };
    this.#position = undefined;
  }

  /** Writes the file, where there is something new. */
  save(): void {
    const { file, logger } = this.#setup;
    const position = this.#position;
    if (file === '' || position === undefined || position === this.#saved) return;
    try {
      writePosition(file, position);
      this.#saved = position;
    } catch (error) {
      logger.error(
        `Cannot write cursor_file "${file}": ${reasonOf(error)}; let the user of the collector write to its folder. ` +
          'Until then, a restart misses entries or has some twice',
        { limitOncePerSecs: REPEAT_ERROR_SECS, limitKey: 'cursor file' },
      );
    }
  }

  #begin(): Start {
    const { stalenessSecs, now, logger } = this.#setup;
    const nowMs = now();
    const position = this.#read();
    if (position === undefined) return { kind: 'time', timeMs: nowMs };
    const oldestMs = nowMs - stalenessSecs * 1000;
    if (position.timeMs >= oldestMs) {
      this.#position = position;
      this.#saved = position;
      return { kind: 'cursor', cursor: position.cursor };
    }
    const [last, begin] = [position.timeMs, oldestMs].map((timeMs) => new Date(timeMs).toISOString());
    logger.warn(
      `Follows the journal from ${begin} on, although the last entry that was read is from ${last}: raise ` +
        'staleness_threshold_secs to have everything after a long stop',
    );
    return { kind: 'time', timeMs: oldestMs };
  }

  #read(): Position | undefined {
    const { file, logger } = this.#setup;
    if (file === '') return undefined;
    try {
      return readPosition(file);
    } catch (error) {
      logger.error(
        `Cannot read cursor_file "${file}", and so begins with what comes now: ${reasonOf(error)}; let the user of the ` +
          'collector read and write it, or remove it',
      );
      return undefined;
    }
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
