import type { MonitorEntry } from '../config/configuration.ts';
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

/** All monitor instances of a configuration: starts them a few at a time, stops them together, says how they are. */
export class MonitorsManager {
  readonly #shared: Supervision;
  #supervisors: readonly MonitorSupervisor[] = [];

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
    this.#supervisors = entries.map((entry) => new MonitorSupervisor(entry, this.#shared));
    for (const supervisor of this.#supervisors) supervisor.start();
  }

  /**
   * Stops scheduling, lets gathers in progress finish within `graceMs` for all of them together, then ends by force what
   * is left. Resolves when every host is gone; their lines can still be drained.
   */
  async stop(graceMs = STOP_GRACE_MS): Promise<void> {
    await Promise.all(this.#supervisors.map((supervisor) => supervisor.stop(graceMs)));
  }

  get status(): readonly MonitorStatus[] {
    return this.#supervisors.map((supervisor) => supervisor.status);
  }

  /** The lines of every instance, whether its host lives or not, in the order of the configuration. */
  get lines(): readonly HostLines[] {
    return this.#supervisors.map((supervisor) => supervisor.lines);
  }
}
