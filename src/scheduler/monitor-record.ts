import type { Clock } from '../clock/clock.ts';
import type { MonitorCounts } from './monitor-status.ts';

/** Keeps the counts of one monitor instance over all its restarts. */
export class MonitorRecord {
  readonly #clock: Clock;
  #gathers = 0;
  #failures = 0;
  #skippedTicks = 0;
  #starts = 0;
  #lastError: { readonly message: string; readonly atMs: number } | undefined;
  #lastSuccessMs: number | undefined;
  #lastGatherDurationMs: number | undefined;
  #gatheringSinceMs: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  started(): void {
    this.#starts += 1;
  }

  ticksSkipped(count: number): void {
    this.#skippedTicks += count;
  }

  gatherStarted(): void {
    this.#gatheringSinceMs = this.#clock.monotonic();
  }

  gatherSucceeded(): void {
    this.#gatherEnded();
    this.#lastSuccessMs = this.#clock.now();
  }

  gatherFailed(message: string): void {
    this.#gatherEnded();
    this.#failures += 1;
    this.failed(message);
  }

  /** Something other than a gather went wrong. */
  failed(message: string): void {
    this.#lastError = { message, atMs: this.#clock.now() };
  }

  /** How long the gather in progress has taken so far; 0 when there is none. */
  get gatheringForMs(): number {
    return this.#gatheringSinceMs === undefined ? 0 : this.#clock.monotonic() - this.#gatheringSinceMs;
  }

  get counts(): MonitorCounts {
    return {
      gathers: this.#gathers,
      failures: this.#failures,
      skippedTicks: this.#skippedTicks,
      restarts: Math.max(0, this.#starts - 1),
      lastError: this.#lastError,
      lastSuccessMs: this.#lastSuccessMs,
      lastGatherDurationMs: this.#lastGatherDurationMs,
    };
  }

  #gatherEnded(): void {
    this.#gathers += 1;
    this.#lastGatherDurationMs = this.gatheringForMs;
    this.#gatheringSinceMs = undefined;
  }
}
