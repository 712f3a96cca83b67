import type { Clock } from '../clock/clock.ts';
import type { MonitorEntry } from '../config/configuration.ts';
import type { MonitorDescription } from '../monitor/monitor-description.ts';
import type { Logger } from '../log/logger.ts';
import { OnceInAWhile } from '../log/once-in-a-while.ts';

/** What went wrong, as the host told it. */
export interface Failure {
  readonly message: string;
  readonly stack?: string;
}

/** What the log says about the life of one monitor instance. */
export class MonitorReports {
  readonly #entry: MonitorEntry;
  readonly #logger: Logger;
  readonly #gatherFailures: OnceInAWhile;

  constructor(entry: MonitorEntry, options: { readonly clock: Clock; readonly logger: Logger }) {
    this.#entry = entry;
    this.#logger = options.logger;
    this.#gatherFailures = new OnceInAWhile(options.clock);
  }

  started({ drivesItself, sampleIntervalSecs }: MonitorDescription): void {
    const how = drivesItself ? 'it drives itself' : `a sample every ${sampleIntervalSecs} s`;
    this.#say('debug', `Monitor started: ${how}`);
  }

  disabled(): void {
    this.#say('info', 'Monitor is disabled: it switched itself off in initialize, so it does not run');
  }

  outdated(message: string): void {
    this.#say('info', `Monitor is started anew: ${message}`);
  }

  finished(): void {
    this.#say('info', 'Monitor has finished');
  }

  badConfiguration(message: string): void {
    const { file, line } = this.#entry.source;
    const place = `"${file}", line ${line}`;
    this.#say('error', `Monitor is parked until its configuration in ${place}, is corrected: ${message}`);
  }

  restarting({ message, stack }: Failure, delayMs: number): void {
    this.#say('warn', `Monitor failed: ${message}; it is started again in ${seconds(delayMs)}`, stack);
  }

  parked(
    { message, stack }: Failure,
    decision: { readonly crashes: number; readonly windowMs: number; readonly delayMs: number },
  ): void {
    const often = `it failed ${decision.crashes} times in ${seconds(decision.windowMs)}`;
    const next = `it is tried again in ${seconds(decision.delayMs)}`;
    this.#say('error', `Monitor is parked, because ${often}: ${message}; ${next}`, stack);
  }

  /** gatherSample threw: the agent's own words, but once in a while, not with every sample. */
  gatherFailed({ message, stack }: Failure): void {
    const times = this.#gatherFailures.happened();
    if (times === undefined) return;
    const often = times > 1 ? ` (${times} times since this was last said)` : '';
    const text = `Failed to gather sample due to the following exception${often}`;
    this.#say('error', text, stack ?? message);
  }

  #say(level: 'debug' | 'info' | 'warn' | 'error', message: string, stack?: string): void {
    this.#logger[level](message, { monitor: this.#entry.name, ...(stack !== undefined && { stack }) });
  }
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}
