import type { Clock } from '../clock/clock.ts';
import type { Logger } from '../log/logger.ts';
import { OnceInAWhile } from '../log/once-in-a-while.ts';
import type { AppendOutcome, MetricLogFile } from './metric-log-file.ts';
import { joinLines } from './log-lines.ts';
import type { OwnedLines } from './log-lines.ts';
import type { MetricLogLedger } from './metric-log-ledger.ts';

/** So much may wait for its flush delay; more is written at once. */
const MAX_WAITING_BYTES = 262_144;

/**
 * One metric log: its file, the lines that wait for their flush delay, and the account of what became of each line.
 * While the file cannot be written its lines are counted as failed, which is said once in a while, and every further
 * write tries again.
 */
export class MetricLog {
  readonly #file: MetricLogFile;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #ledger: MetricLogLedger;
  readonly #failures: OnceInAWhile;
  #waiting: OwnedLines[] = [];
  #waitingBytes = 0;
  #flushAtMs = Infinity;
  #cancelFlush: () => void = () => {};
  #appending: Promise<void> = Promise.resolve();
  /** Lines lost since the file last took one. */
  #lost = 0;

  constructor(
    file: MetricLogFile,
    options: { readonly clock: Clock; readonly logger: Logger; readonly ledger: MetricLogLedger },
  ) {
    this.#file = file;
    this.#clock = options.clock;
    this.#logger = options.logger;
    this.#ledger = options.ledger;
    this.#failures = new OnceInAWhile(options.clock);
  }

  /** Resolves when the lines are settled, or held back for at most `delayMs`. Never rejects. */
  write(lines: readonly OwnedLines[], delayMs: number): Promise<void> {
    for (const { text } of lines) this.#waitingBytes += text.length;
    if (delayMs <= 0 || this.#waitingBytes >= MAX_WAITING_BYTES) {
      this.#waiting.push(...lines);
      return this.flush();
    }
    // The lines are lent for as long as this call takes.
    this.#waiting.push(...lines.map((part) => ({ ...part, text: Buffer.from(part.text) })));
    this.#flushIn(delayMs);
    return Promise.resolve();
  }

  /** Writes what waits. */
  flush(): Promise<void> {
    this.#cancelFlush();
    this.#flushAtMs = Infinity;
    this.#appending = this.#appending.then(() => this.#append());
    return this.#appending;
  }

  /** Writes what waits and closes the file. Never rejects. */
  async close(): Promise<void> {
    await this.flush();
    await this.#file.close().catch((error: unknown) => {
      const message = `Cannot close metric log "${this.#file.path}": its last lines may be missing`;
      this.#logger.warn(message, { error });
    });
  }

  #flushIn(delayMs: number): void {
    const atMs = this.#clock.monotonic() + delayMs;
    if (atMs >= this.#flushAtMs) return;
    this.#cancelFlush();
    this.#flushAtMs = atMs;
    this.#cancelFlush = this.#clock.schedule(() => void this.flush(), delayMs);
  }

  async #append(): Promise<void> {
    const lines = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    if (lines.length === 0) return;
    const outcome = await this.#file.append(joinLines(lines));
    this.#settle(lines, outcome);
  }

  #settle(lines: readonly OwnedLines[], { written, error }: AppendOutcome): void {
    if (written > 0) this.#sayRecovered();
    let left = written;
    let lost = 0;
    for (const { monitor, lengths } of lines) {
      const kept = Math.min(left, lengths.length);
      left -= kept;
      if (monitor === undefined) continue;
      const failed = lengths.length - kept;
      lost += failed;
      this.#ledger.metricLog(monitor, { written: kept, rateLimited: 0, failed });
    }
    if (error !== undefined) this.#sayFailed(error, lost);
  }

  #sayFailed(error: unknown, lost: number): void {
    this.#lost += lost;
    const count = this.#failures.happened(lost);
    if (count === undefined) return;
    this.#logger.error(
      `Cannot write metric log "${this.#file.path}": ${count} lines are not in it; delivery to OTLP goes on, and every further line is tried`,
      { error },
    );
  }

  #sayRecovered(): void {
    if (this.#lost === 0) return;
    this.#logger.info(`Metric log "${this.#file.path}" takes lines again; ${this.#lost} lines are not in it`);
    this.#lost = 0;
    this.#failures.ended();
  }
}
