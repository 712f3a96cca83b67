import { join } from 'node:path';
import { systemClock } from '../../../../src/clock/system-clock.ts';
import type { Signal } from '../../../../src/metric-line/line-block.ts';
import type { SpoolState } from '../../../../src/otlp/lane-spool.ts';
import { openSpool } from '../../../../src/spool/disk-spool.ts';
import { prepareCursor } from '../../../../src/spool/prepare-cursor.ts';
import { SpoolBudget } from '../../../../src/spool/spool-budget.ts';
import type { SpoolWriter } from '../../../../src/spool/spool-contract.ts';
import { lineBlock } from '../../../support/line-block.ts';
import { RecordingLogger } from '../../../support/recording-logger.ts';
import { PREFIX } from './lines.ts';

/** Spools on the disk as the collector has them, with cursors for the backend `main`. */
export class DiskSpools {
  readonly metrics: SpoolWriter;
  readonly logs: SpoolWriter;
  readonly #folder: string;

  private constructor(folder: string, spools: Record<Signal, SpoolWriter>) {
    this.#folder = folder;
    this.metrics = spools.metrics;
    this.logs = spools.logs;
  }

  static async open(folder: string): Promise<DiskSpools> {
    const budget = new SpoolBudget(2 ** 30);
    const common = { fsync: 'never', budget, clock: systemClock, logger: new RecordingLogger() } as const;
    const metrics = await openSpool({ ...common, folder: join(folder, 'metrics') });
    const logs = await openSpool({ ...common, folder: join(folder, 'logs') });
    return new DiskSpools(folder, { metrics, logs });
  }

  folder(signal: Signal): string {
    return join(this.#folder, signal);
  }

  /** What delivery is told when it starts; makes cursors that are missing. */
  async states(): Promise<Record<Signal, SpoolState>> {
    return { metrics: await this.#state('metrics'), logs: await this.#state('logs') };
  }

  /** Appends one record of numbers, given as in `x 1`. */
  append(monitor: string, contents: readonly string[]): Promise<void> {
    const prefix = PREFIX.replace('coin_monitor()', monitor);
    return this.metrics.append([
      lineBlock(
        monitor,
        contents.map((content) => prefix + content),
      ),
    ]);
  }

  async #state(signal: Signal): Promise<SpoolState> {
    const folder = this.folder(signal);
    const cursor = await prepareCursor(
      { folder, backend: 'main', fsync: 'never', clock: systemClock, logger: new RecordingLogger() },
      this[signal],
    );
    return { folder, fsync: 'never', end: this[signal].end, cursors: { main: cursor } };
  }
}
