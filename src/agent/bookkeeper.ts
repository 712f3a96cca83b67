import type { Clock } from '../clock/clock.ts';
import { writeLedger } from '../ledger/ledger-file.ts';
import type { StoredLedger } from '../ledger/stored-ledger.ts';
import type { Logger } from '../log/logger.ts';
import { OnceInAWhile } from '../log/once-in-a-while.ts';
import { writeStatusFile } from '../status/status-file.ts';
import type { StatusSnapshot } from '../status/status-snapshot.ts';
import type { DataPaths } from './data-paths.ts';

export interface BookkeeperOptions {
  readonly paths: Pick<DataPaths, 'ledger' | 'status'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly ledger: () => StoredLedger;
  readonly status: () => StatusSnapshot;
}

/** How often the books are written down; after kill -9 what happened since is booked as `interrupted`. */
const INTERVAL_MS = 5000;

/** Writes the ledger and the status to the disk, every few seconds and at the end. */
export class Bookkeeper {
  readonly #options: BookkeeperOptions;
  readonly #trouble: OnceInAWhile;
  #cancel: () => void = () => {};
  #writing: Promise<void> = Promise.resolve();
  #isStopping = false;

  constructor(options: BookkeeperOptions) {
    this.#options = options;
    this.#trouble = new OnceInAWhile(options.clock);
  }

  start(): void {
    this.#writing = this.#write().then(() => this.#plan());
  }

  /** Writes a last time. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#cancel();
    await this.#writing;
    await this.#write();
  }

  /** Only now: two writes at once, which a slow disk would lead to, would spoil each other's draft. */
  #plan(): void {
    if (!this.#isStopping) this.#cancel = this.#options.clock.schedule(() => this.start(), INTERVAL_MS);
  }

  /** Never rejects: books that cannot be written stop nothing. */
  async #write(): Promise<void> {
    const { paths, ledger, status, logger } = this.#options;
    try {
      await writeLedger(paths.ledger, ledger());
      await writeStatusFile(paths.status, status());
      this.#trouble.ended();
    } catch (error) {
      if (this.#trouble.happened() === undefined) return;
      logger.error('Cannot write the ledger and the status: their files keep the older content', { error });
    }
  }
}
