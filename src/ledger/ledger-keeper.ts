import type { Clock } from '../clock/clock.ts';
import type { Logger } from '../log/logger.ts';
import { OnceInAWhile } from '../log/once-in-a-while.ts';
import { writeLedger } from './ledger-file.ts';
import type { StoredLedger } from './stored-ledger.ts';

/** How much of the metric log's books kill -9 can cost: it is then counted as interrupted. */
const SAVE_INTERVAL_MS = 5_000;

export interface LedgerKeeperOptions {
  readonly ledger: { toStored(): StoredLedger };
  /** `<agent_data_path>/ledger.json` */
  readonly path: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Saves the ledger every five seconds and once more when it is stopped. */
export class LedgerKeeper {
  readonly #options: LedgerKeeperOptions;
  readonly #throttle: OnceInAWhile;
  #cancel: (() => void) | undefined;
  #saving: Promise<void> = Promise.resolve();
  #saved = '';

  constructor(options: LedgerKeeperOptions) {
    this.#options = options;
    this.#throttle = new OnceInAWhile(options.clock);
    this.#plan();
  }

  /** Resolves when the last state is on the disk, or the log has said why it is not. */
  async stop(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#saving = this.#saving.then(() => this.#save());
    await this.#saving;
  }

  #plan(): void {
    this.#cancel = this.#options.clock.schedule(() => {
      this.#saving = this.#saving.then(() => this.#save());
      this.#plan();
    }, SAVE_INTERVAL_MS);
  }

  async #save(): Promise<void> {
    const { ledger, path, logger } = this.#options;
    const stored = ledger.toStored();
    const text = JSON.stringify(stored);
    if (text === this.#saved) return;
    try {
      await writeLedger(path, stored);
      this.#saved = text;
      this.#throttle.ended();
    } catch (error) {
      const failures = this.#throttle.happened();
      if (failures === undefined) return;
      const reason = error instanceof Error ? error.message : String(error);
      const message = `Cannot write the ledger "${path}": ${reason}; it is tried again, and counts of this process are lost if it is killed`;
      logger.error(message, { error, failures });
    }
  }
}
