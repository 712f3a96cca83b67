import type { MonitorDescription } from '../../src/monitor/monitor-description.ts';
import type {
  GatherOutcome,
  HostExit,
  HostListener,
  MonitorHost,
  StartOutcome,
} from '../../src/host/monitor-host.ts';
import type { LineBlock } from '../../src/metric-line/line-block.ts';
import { lineBlock } from './line-block.ts';

/** A monitor that is sampled every 10 s and asks for the usual metric log. */
export const DESCRIPTION: MonitorDescription = {
  description: 'A monitor for tests',
  drivesItself: false,
  disabled: false,
  sampleIntervalSecs: 10,
  metricLog: { path: 'fake.log', writeRate: 2000, maxWriteBurst: 100_000, flushDelaySecs: 0 },
  metrics: [],
};

/** What a fake host does; without it, it starts at once and every gather and run succeeds at once. */
export interface Behaviour {
  readonly description?: Partial<MonitorDescription>;
  readonly start?: (host: FakeHost) => Promise<StartOutcome>;
  readonly gather?: (host: FakeHost) => Promise<GatherOutcome>;
  readonly run?: (host: FakeHost) => Promise<GatherOutcome>;
  /** Asked to stop, it goes on until its grace is over. */
  readonly ignoresStop?: boolean;
}

/** A host without a plugin: a test scripts what it does and reads what was asked of it. */
export class FakeHost implements MonitorHost {
  readonly place = { kind: 'thread' } as const;
  readonly exited: Promise<HostExit>;
  /** What was asked of the host, in order. */
  readonly calls: string[] = [];
  readonly listener: HostListener;
  readonly #behaviour: Behaviour;
  readonly #lines: LineBlock[] = [];
  #settleExit: (exit: HostExit) => void = () => {};
  #gathering = 0;

  constructor(listener: HostListener, behaviour: Behaviour = {}) {
    this.listener = listener;
    this.#behaviour = behaviour;
    this.exited = new Promise((resolve) => {
      this.#settleExit = resolve;
    });
  }

  async start(): Promise<StartOutcome> {
    this.calls.push('start');
    const description = { ...DESCRIPTION, ...this.#behaviour.description };
    return (await this.#behaviour.start?.(this)) ?? { kind: 'started', description };
  }

  async gather(): Promise<GatherOutcome> {
    this.calls.push('gather');
    if (this.#gathering > 0) throw new Error('two gathers at once');
    this.#gathering += 1;
    const outcome = (await this.#behaviour.gather?.(this)) ?? { kind: 'ok' };
    this.#gathering -= 1;
    return outcome;
  }

  async run(): Promise<GatherOutcome> {
    this.calls.push('run');
    return (await this.#behaviour.run?.(this)) ?? { kind: 'ok' };
  }

  async stop(graceMs: number): Promise<void> {
    this.calls.push(`stop ${graceMs}`);
    if (!this.#behaviour.ignoresStop) this.exit({ reason: 'stopped', message: 'it was asked to stop' });
    await this.exited;
  }

  kill(): void {
    this.calls.push('kill');
    this.exit({ reason: 'killed', message: 'it was killed' });
  }

  /** Ends the host, as a crash does. */
  exit(exit: HostExit): void {
    this.#settleExit(exit);
  }

  /** The plugin emits lines. */
  emit(monitor: string, ...lines: string[]): void {
    this.#lines.push(lineBlock(monitor, lines));
    this.listener.onReadable();
  }

  drain(): LineBlock | undefined {
    return this.#lines.shift();
  }
}

/** Never settles: what a plugin does that hangs. */
export function never<T>(): Promise<T> {
  return new Promise<T>(() => {});
}
