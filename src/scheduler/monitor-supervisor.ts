import type { Clock } from '../clock/clock.ts';
import type { MonitorEntry } from '../config/configuration.ts';
import type { MonitorDescription } from '../monitor/monitor-description.ts';
import type { HostListener, MonitorHost } from '../host/monitor-host.ts';
import type { Logger } from '../log/logger.ts';
import { whenChanged } from '../host/plugin/when-changed.ts';
import { Diagnostics } from './diagnostics.ts';
import { HostLife } from './host-life.ts';
import type { Crashed, LifeEnd } from './host-life.ts';
import { HostLines } from './host-lines.ts';
import { MonitorRecord } from './monitor-record.ts';
import { MonitorReports } from './monitor-reports.ts';
import type { MonitorState, MonitorStatus } from './monitor-status.ts';
import { afterCrash, CLEAN_RECORD } from './restart-policy.ts';
import type { RestartPolicy } from './restart-policy.ts';
import { firstSampleDelaySecs } from './schedule.ts';
import { sleepUntil } from './sleep-until.ts';
import type { StartGate } from './start-gate.ts';
import { Ticker } from './ticker.ts';

/** Whether a host could be made. */
export type HostCreation = (
  | { readonly kind: 'created'; readonly host: MonitorHost }
  /** There is no such plugin, or it is no valid program: trying again does not help. */
  | { readonly kind: 'bad-configuration'; readonly message: string }
) & {
  /** What the plugin is made of: a monitor that does not run is started anew when that changes. */
  readonly files: readonly string[];
};

/** How a monitor with `stop_agent_on_failure` died. */
export interface FatalEnd {
  readonly kind: 'bad-configuration' | 'crashed' | 'finished';
  readonly message: string;
  readonly stack?: string;
}

/** What all supervisors share. */
export interface Supervision {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Numbers in [0, 1). */
  readonly random: () => number;
  /** Finds the plugin and makes the host it will live in; called again for each start. */
  readonly createHost: (entry: MonitorEntry, listener: HostListener) => Promise<HostCreation>;
  readonly startGate: StartGate;
  readonly restartPolicy: RestartPolicy;
  /** Whether the first sample waits a part of the interval, so that monitors do not all work at the same moment. */
  readonly jitter: boolean;
  readonly startDeadlineMs: number;
  readonly gatherDeadlineMs: number;
  /** Lines of this instance wait to be drained. */
  readonly onReadable: (lines: HostLines) => void;
  /** The monitor is initialized; called again after each restart, before its first sample. */
  readonly onStarted: (entry: MonitorEntry, description: MonitorDescription) => void;
  /** The monitor switched itself off in initialize; it is not started again. */
  readonly onDisabled?: (entry: MonitorEntry) => void;
  /** A monitor with `stop_agent_on_failure` died, in whatever way; it is not started again. */
  readonly onFatal: (entry: MonitorEntry, end: FatalEnd) => void;
}

/**
 * Keeps one monitor instance going: starts its host, and after a crash or a hang starts another one, later and later, and
 * parks it when it keeps crashing. Whatever the plugin does ends in {@link MonitorSupervisor.status} and in the log.
 */
export class MonitorSupervisor {
  readonly lines: HostLines;
  readonly #entry: MonitorEntry;
  readonly #shared: Supervision;
  readonly #record: MonitorRecord;
  readonly #diagnostics: Diagnostics;
  readonly #reports: MonitorReports;
  readonly #stopping = new AbortController();
  #state: MonitorState = { kind: 'starting' };
  #description: MonitorDescription | undefined;
  #host: MonitorHost | undefined;
  #ticker: Ticker | undefined;
  #files: readonly string[] = [];
  #crashes = CLEAN_RECORD;
  #supervising: Promise<void> = Promise.resolve();

  constructor(entry: MonitorEntry, shared: Supervision) {
    this.lines = new HostLines(entry.name);
    this.#entry = entry;
    this.#shared = shared;
    this.#record = new MonitorRecord(shared.clock);
    this.#diagnostics = new Diagnostics(entry.name, shared);
    this.#reports = new MonitorReports(entry, shared);
  }

  start(): void {
    this.#supervising = this.#supervise();
  }

  /** Lets a gather in progress finish, ends the host by force after `graceMs`, and resolves when it is gone. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort();
    await this.#host?.stop(graceMs);
    await this.#supervising;
  }

  get status(): MonitorStatus {
    return {
      name: this.#entry.name,
      module: this.#entry.module,
      state: this.#currentState(),
      place: this.#host?.place,
      description: this.#description,
      ...this.#record.counts,
    };
  }

  #currentState(): MonitorState {
    const runningForMs = this.#record.gatheringForMs;
    const intervalMs = (this.#description?.sampleIntervalSecs ?? Infinity) * 1000;
    const overdue = this.#state.kind === 'running' && runningForMs > intervalMs;
    return overdue ? { kind: 'gathering-overdue', runningForMs } : this.#state;
  }

  async #supervise(): Promise<void> {
    const { clock } = this.#shared;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const bornMs = clock.monotonic();
      const end = await this.#liveOnce();
      this.#diagnostics.sayWhatWasLeftOut();
      const restartAfterMs = this.#afterLife(end, clock.monotonic() - bornMs);
      if (restartAfterMs === undefined) break;
      await this.#pause(restartAfterMs);
    }
    if (signal.aborted) this.#state = { kind: 'stopped' };
  }

  /** Waits until the monitor is to be started again: after a time, or when its plugin has changed, with a clean record. */
  async #pause(delayMs: number): Promise<void> {
    const { clock } = this.#shared;
    const over = new AbortController();
    const signal = AbortSignal.any([over.signal, this.#stopping.signal]);
    const watching = this.#watch(signal, () => over.abort());
    await sleepUntil(clock, clock.monotonic() + delayMs, signal);
    over.abort();
    await watching;
  }

  async #watch(signal: AbortSignal, onChanged: () => void): Promise<void> {
    if (this.#files.length === 0) return;
    const file = await whenChanged(this.#files, { clock: this.#shared.clock, signal });
    if (file === undefined) return;
    this.#crashes = CLEAN_RECORD;
    onChanged();
  }

  async #liveOnce(): Promise<LifeEnd> {
    this.#state = { kind: 'starting' };
    const leave = await this.#shared.startGate.enter(this.#stopping.signal);
    try {
      return this.#stopping.signal.aborted ? { kind: 'stopped' } : await this.#life(leave);
    } catch (error) {
      this.#host?.kill();
      const stack = error instanceof Error ? error.stack : undefined;
      return { kind: 'crashed', message: String(error), ...(stack !== undefined && { stack }) };
    } finally {
      leave();
      this.#host = undefined;
      this.#shared.onReadable(this.lines);
    }
  }

  async #life(onStarted: () => void): Promise<LifeEnd> {
    this.#record.started();
    const created = await this.#shared.createHost(this.#entry, {
      onReadable: () => this.#shared.onReadable(this.lines),
      onDiagnostic: (diagnostic) => this.#diagnostics.forward(diagnostic),
    });
    if (this.#stopping.signal.aborted) return { kind: 'stopped' };
    this.#files = created.files;
    if (created.kind === 'bad-configuration') return created;
    this.#host = created.host;
    this.lines.add(created.host);
    const life = new HostLife(created.host, {
      ...this.#shared,
      record: this.#record,
      stopping: this.#stopping.signal,
      onStarted: (description) => {
        onStarted();
        return this.#started(description);
      },
      onGatherFailed: (failure) => this.#reports.gatherFailed(failure),
    });
    return life.live();
  }

  #started(description: MonitorDescription): Ticker {
    const { clock, random, jitter } = this.#shared;
    const intervalSecs = description.sampleIntervalSecs;
    this.#description = description;
    this.#state = { kind: 'running' };
    this.#shared.onStarted(this.#entry, description);
    this.#reports.started(description);
    // Kept over restarts, so that the ticks stay where they were.
    if (this.#ticker?.intervalSecs !== intervalSecs) {
      const firstDelaySecs = jitter ? firstSampleDelaySecs(intervalSecs, random) : 0;
      this.#ticker = new Ticker(clock, { intervalSecs, firstDelaySecs });
    }
    return this.#ticker;
  }

  /** Settles the state after a life; gives the time until the next one, or undefined when there is none. */
  #afterLife(end: LifeEnd, livedMs: number): number | undefined {
    switch (end.kind) {
      case 'stopped':
        break;
      case 'crashed':
        return this.#afterCrash(end, livedMs);
      case 'outdated':
        this.#reports.outdated(end.message);
        return 0;
      case 'bad-configuration':
        this.#record.failed(end.message);
        this.#state = { kind: 'parked', reason: end.message, untilMs: undefined };
        if (this.#fatal(end)) break;
        this.#reports.badConfiguration(end.message);
        return Infinity;
      case 'disabled':
        this.#state = { kind: 'disabled' };
        this.#reports.disabled();
        this.#shared.onDisabled?.(this.#entry);
        break;
      case 'finished':
        this.#state = { kind: 'finished' };
        this.#reports.finished();
        this.#fatal({ kind: 'finished', message: 'its run() returned' });
        break;
    }
    return undefined;
  }

  #afterCrash(crash: Crashed, livedMs: number): number | undefined {
    const { clock, random, restartPolicy: policy } = this.#shared;
    const reason = crash.message;
    this.#record.failed(reason);
    if (this.#fatal(crash)) {
      this.#state = { kind: 'parked', reason, untilMs: undefined };
      return undefined;
    }
    const decision = afterCrash(this.#crashes, { atMs: clock.monotonic(), livedMs }, { policy, random });
    const untilMs = clock.now() + decision.delayMs;
    this.#crashes = decision.record;
    if (decision.kind === 'restart') {
      this.#state = { kind: 'backing-off', reason, untilMs };
      this.#reports.restarting(crash, decision.delayMs);
    } else {
      this.#state = { kind: 'parked', reason, untilMs };
      this.#reports.parked(crash, { ...decision, windowMs: policy.windowMs });
    }
    return decision.delayMs;
  }

  /** Hands the end over to the owner, who says so, when the agent shall stop because of it. */
  #fatal(end: FatalEnd): boolean {
    if (this.#entry.stopAgentOnFailure) this.#shared.onFatal(this.#entry, end);
    return this.#entry.stopAgentOnFailure;
  }
}
