import type { MonitorEntry } from '../config/configuration.ts';
import { isSameMonitor } from '../config/compare-configurations.ts';
import type { HostLines } from './host-lines.ts';
import type { MonitorStatus } from './monitor-status.ts';
import { MonitorSupervisor } from './monitor-supervisor.ts';
import type { Supervision } from './monitor-supervisor.ts';
import { DEFAULT_RESTART_POLICY } from './restart-policy.ts';
import type { RestartPolicy } from './restart-policy.ts';
import { StartGate } from './start-gate.ts';

/** What the manager is told; the limits of {@link Supervision} that it does not name have their defaults here. */
export interface MonitorsManagerOptions extends Omit<
  Supervision,
  'startGate' | 'restartPolicy' | 'startDeadlineMs'
> {
  readonly restartPolicy?: RestartPolicy;
  /** Hosts that may start at the same time. */
  readonly parallelStarts?: number;
  /** An initialize that takes longer is a hang: the host is killed and restarted. */
  readonly startDeadlineMs?: number;
}

const PARALLEL_STARTS = 4;
const START_DEADLINE_MS = 60_000;
/** A start that takes longer gives its turn to the next monitor. */
const LONGEST_TURN_MS = 2000;
/** What a gather in progress has to finish in at the end: one budget, shared by all monitors. */
const STOP_GRACE_MS = 5000;

interface Supervised {
  readonly entry: MonitorEntry;
  readonly supervisor: MonitorSupervisor;
}

interface Sorted {
  readonly kept: ReadonlyMap<MonitorEntry, Supervised>;
  readonly leaving: readonly Supervised[];
}

/** All monitor instances of a configuration: starts them a few at a time, stops them together, says how they are. */
export class MonitorsManager {
  readonly #shared: Supervision;
  #supervised: readonly Supervised[] = [];
  /** Lines of instances that the last {@link MonitorsManager.apply} ended, for as long as some may not be drained. */
  #leftBehind: readonly HostLines[] = [];

  constructor(options: MonitorsManagerOptions) {
    const { clock } = options;
    this.#shared = {
      ...options,
      restartPolicy: options.restartPolicy ?? DEFAULT_RESTART_POLICY,
      startDeadlineMs: options.startDeadlineMs ?? START_DEADLINE_MS,
      startGate: new StartGate(clock, {
        slots: options.parallelStarts ?? PARALLEL_STARTS,
        longestMs: LONGEST_TURN_MS,
      }),
    };
  }

  /** Starts all instances and returns at once. Call it once. */
  start(entries: readonly MonitorEntry[]): void {
    this.#supervised = entries.map((entry) => this.#startOne(entry));
  }

  /**
   * Goes over to other entries. Instances whose entry is the same run on untouched; the others are ended, and those that
   * are new or changed are started when the ended ones are gone. With `retryParked`, parked ones are started anew too.
   */
  async apply(entries: readonly MonitorEntry[], options: { readonly retryParked: boolean }): Promise<void> {
    const { kept, leaving } = this.#sort(entries, options.retryParked);
    await Promise.all(leaving.map(({ supervisor }) => supervisor.stop(STOP_GRACE_MS)));
    this.#leftBehind = leaving.map(({ supervisor }) => supervisor.lines);
    this.#supervised = entries.map((entry) => kept.get(entry) ?? this.#startOne(entry));
  }

  /**
   * Stops scheduling, lets gathers in progress finish within `graceMs` for all of them together, then ends by force what
   * is left. Resolves when every host is gone; their lines can still be drained.
   */
  async stop(graceMs = STOP_GRACE_MS): Promise<void> {
    await Promise.all(this.#supervised.map(({ supervisor }) => supervisor.stop(graceMs)));
  }

  get status(): readonly MonitorStatus[] {
    return this.#supervised.map(({ supervisor }) => supervisor.status);
  }

  /** The lines of every instance, whether its host lives or not, in the order of the configuration. */
  get lines(): readonly HostLines[] {
    return [...this.#supervised.map(({ supervisor }) => supervisor.lines), ...this.#leftBehind];
  }

  #startOne(entry: MonitorEntry): Supervised {
    const supervisor = new MonitorSupervisor(entry, this.#shared);
    supervisor.start();
    return { entry, supervisor };
  }

  /** Pairs each entry with the instance that runs it already; what is left over has to leave. */
  #sort(entries: readonly MonitorEntry[], retryParked: boolean): Sorted {
    const leaving = new Set(this.#supervised);
    const kept = new Map<MonitorEntry, Supervised>();
    const named = groupByName(this.#supervised);
    for (const entry of entries) {
      const same = named
        .get(entry.name)
        ?.find((running) => leaving.has(running) && isSameMonitor(running.entry, entry));
      if (same === undefined) continue;
      if (retryParked && same.supervisor.status.state.kind === 'parked') continue;
      leaving.delete(same);
      kept.set(entry, same);
    }
    return { kept, leaving: [...leaving] };
  }
}

/** A name can be there more than once: the configuration warns of that, and runs them all. */
function groupByName(supervised: readonly Supervised[]): ReadonlyMap<string, readonly Supervised[]> {
  const groups = new Map<string, Supervised[]>();
  for (const each of supervised) {
    const group = groups.get(each.entry.name) ?? [];
    groups.set(each.entry.name, group);
    group.push(each);
  }
  return groups;
}
