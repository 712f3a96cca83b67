import type { Clock } from '../clock/clock.ts';
import type { MonitorDescription } from '../monitor/monitor-description.ts';
import type { GatherOutcome, HostExit, MonitorHost, StartOutcome } from '../host/monitor-host.ts';
import type { MonitorRecord } from './monitor-record.ts';
import type { Ticker } from './ticker.ts';
import { OVERDUE, within } from './within.ts';

/** What a host that is no longer needed has to clean up in. */
const END_GRACE_MS = 5000;

/** How the life of one host ended. */
export type LifeEnd =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'finished' }
  | { readonly kind: 'disabled' }
  /** Its plugin has changed. */
  | { readonly kind: 'outdated'; readonly message: string }
  | { readonly kind: 'bad-configuration'; readonly message: string }
  | Crashed;

/** It died, hung, or could not be started. */
export interface Crashed {
  readonly kind: 'crashed';
  readonly message: string;
  readonly stack?: string;
}

/** What a host's life needs from its supervisor. */
export interface LifeOptions {
  readonly clock: Clock;
  readonly startDeadlineMs: number;
  readonly gatherDeadlineMs: number;
  readonly record: MonitorRecord;
  /** Aborts when the supervisor stops the host. */
  readonly stopping: AbortSignal;
  /** The host is started and enabled; gives the ticks it is to be sampled at. */
  readonly onStarted: (description: MonitorDescription) => Ticker;
  /** gatherSample threw. */
  readonly onGatherFailed: (failure: { readonly message: string; readonly stack?: string }) => void;
}

type Started = Extract<StartOutcome, { readonly kind: 'started' }>;

/**
 * The life of one host: started, sampled at every tick or left to its own run(), and gone when the promise of
 * {@link HostLife.live} resolves. A start or a gather that takes too long ends it.
 */
export class HostLife {
  readonly #host: MonitorHost;
  readonly #options: LifeOptions;
  /** Aborts when the host is gone or shall go. */
  readonly #over = new AbortController();

  constructor(host: MonitorHost, options: LifeOptions) {
    this.#host = host;
    this.#options = options;
    const end = (): void => this.#over.abort();
    void host.exited.then(end);
    options.stopping.addEventListener('abort', end, { once: true });
    void host.exited.then(() => options.stopping.removeEventListener('abort', end));
  }

  /** Resolves when the host is gone. */
  async live(): Promise<LifeEnd> {
    const end = await this.#untilEnd();
    // A host that is being stopped has a grace, which its stopper watches over.
    if (!this.#options.stopping.aborted) this.#end(end);
    const exit = await this.#host.exited;
    if (this.#options.stopping.aborted) return { kind: 'stopped' };
    // Whatever else became of it, it was the old plugin's doing: a start that was cut short is no failure.
    return exit.reason === 'outdated' ? endOf(exit) : end;
  }

  async #untilEnd(): Promise<LifeEnd> {
    const started = await this.#start();
    if (started.kind !== 'started') return started;
    const { description } = started;
    if (description.disabled) return { kind: 'disabled' };
    const ticker = this.#options.onStarted(description);
    return description.drivesItself ? this.#drivenByItself() : this.#sampled(ticker);
  }

  #end({ kind }: LifeEnd): void {
    if (kind === 'crashed') this.#host.kill();
    else void this.#host.stop(END_GRACE_MS);
  }

  async #start(): Promise<Started | LifeEnd> {
    const { clock, startDeadlineMs } = this.#options;
    const exited = this.#host.exited.then((exit) => ({ kind: 'exited', exit }) as const);
    const outcome = await within(clock, startDeadlineMs, Promise.race([this.#host.start(), exited]));
    if (outcome === OVERDUE) {
      return { kind: 'crashed', message: `initialize did not return within ${startDeadlineMs / 1000} s` };
    }
    if (outcome.kind === 'exited') return endOf(outcome.exit);
    return outcome.kind === 'failed' ? { ...outcome, kind: 'crashed' } : outcome;
  }

  async #drivenByItself(): Promise<LifeEnd> {
    const outcome = await this.#host.run();
    if (outcome.kind === 'exited') return endOf(outcome.exit);
    return outcome.kind === 'failed' ? { ...outcome, kind: 'crashed' } : { kind: 'finished' };
  }

  async #sampled(ticker: Ticker): Promise<LifeEnd> {
    for (;;) {
      const tick = await ticker.next(this.#over.signal);
      if (tick === undefined) return endOf(await this.#host.exited);
      this.#options.record.ticksSkipped(tick.skipped);
      const end = await this.#gather();
      if (end !== undefined) return end;
    }
  }

  async #gather(): Promise<LifeEnd | undefined> {
    const { clock, gatherDeadlineMs, record, stopping } = this.#options;
    record.gatherStarted();
    const outcome = await within(clock, gatherDeadlineMs, this.#host.gather());
    const end = outcome === OVERDUE ? hung(gatherDeadlineMs) : this.#settle(outcome);
    if (end?.kind === 'crashed' && !stopping.aborted) record.gatherFailed(end.message);
    return end;
  }

  #settle(outcome: GatherOutcome): LifeEnd | undefined {
    const { record, onGatherFailed } = this.#options;
    if (outcome.kind === 'exited') return endOf(outcome.exit);
    if (outcome.kind === 'ok') {
      record.gatherSucceeded();
    } else {
      record.gatherFailed(outcome.message);
      onGatherFailed(outcome);
    }
    return undefined;
  }
}

function hung(deadlineMs: number): LifeEnd {
  return { kind: 'crashed', message: `gatherSample did not return within ${deadlineMs / 1000} s` };
}

function endOf(exit: HostExit): LifeEnd {
  if (exit.reason === 'finished') return { kind: 'finished' };
  if (exit.reason === 'outdated') return { kind: 'outdated', message: exit.message };
  return { kind: 'crashed', message: exit.message };
}
