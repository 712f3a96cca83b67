import { getHeapStatistics } from 'node:v8';
import { systemClock } from '../../clock/system-clock.ts';
import type { Signal } from '../../metric-line/line-block.ts';
import type { MonitorContext } from '../../monitor/monitor-context.ts';
import type { ScalyrMonitor } from '../../monitor/scalyr-monitor.ts';
import { BoundedDiagnostics } from '../bounded-diagnostics.ts';
import type { EndingReason, GuestDiagnostic, GuestMessage } from '../guest-message.ts';
import type { GuestSetup, HostMessage } from '../host-message.ts';
import { describeThrown } from './describe-thrown.ts';
import { pickMonitorClass } from './pick-monitor-class.ts';

/** The ways out of the thread or process that a monitor lives in. */
export interface Outside {
  send(message: GuestMessage): void;
  /** Blocks while the way out is full. */
  writeLine(line: string, signal: Signal): void;
  /** Ends the monitor's place in the thread or process; what was sent before still arrives. */
  exit(reason: ExitReason): void;
}

/** `abandoned`: nobody waited for it to end. */
export type ExitReason = EndingReason | 'abandoned';

/** Runs one monitor inside its host, as the messages of the other side say. */
export class MonitorRunner {
  readonly #outside: Outside;
  readonly #diagnostics: BoundedDiagnostics<GuestDiagnostic>;
  readonly #stopping = new AbortController();
  #setup: GuestSetup | undefined;
  #monitor: ScalyrMonitor | undefined;
  /** Start, gather or run in progress. Never rejects. */
  #work: Promise<void> = Promise.resolve();

  constructor(outside: Outside) {
    this.#outside = outside;
    this.#diagnostics = new BoundedDiagnostics({
      clock: systemClock,
      deliver: (diagnostic) => this.#outside.send(diagnostic),
      summarize: (message) => ({ type: 'diagnostic', ...message }),
    });
  }

  handle(message: HostMessage): void {
    switch (message.type) {
      case 'start':
        this.#work = this.#start(message);
        return;
      case 'gather':
        this.#work = this.#gather();
        return;
      case 'run':
        this.#work = this.#run();
        return;
      case 'stop':
        this.#stopping.abort();
        void this.#work.then(() => this.#end('stopped', 'Stopped'));
        return;
    }
  }

  /** Ends the monitor without waiting for what it is doing. */
  abandon(): void {
    this.#stopping.abort();
    this.#diagnostics.flush();
    this.#outside.exit('abandoned');
  }

  async #start(setup: GuestSetup): Promise<void> {
    this.#setup = setup;
    try {
      const exported: unknown = await import(setup.pluginUrl);
      const monitorClass = pickMonitorClass(exported, setup.module);
      const monitor = new monitorClass(this.#contextFor(setup));
      await monitor.initialize();
      this.#monitor = monitor;
      this.#outside.send({ type: 'started', description: monitor.describe() });
    } catch (error) {
      this.#outside.send(startFailure(error));
      this.#end('crashed', `Could not be started: ${describeThrown(error).message}`);
    }
  }

  async #gather(): Promise<void> {
    try {
      await this.#monitor?.gatherSample();
      this.#outside.send({ type: 'done' });
    } catch (error) {
      this.#outside.send({ type: 'done', failure: describeThrown(error) });
    }
    this.#endWhenOutOfMemory();
  }

  async #run(): Promise<void> {
    try {
      await this.#monitor?.run();
      this.#outside.send({ type: 'done' });
      if (!this.#stopping.signal.aborted) this.#end('finished', 'Its run() returned');
    } catch (error) {
      const failure = describeThrown(error);
      this.#outside.send({ type: 'done', failure });
      this.#end('crashed', `Its run() threw: ${failure.message}`);
    }
  }

  #contextFor(setup: GuestSetup): MonitorContext {
    return {
      module: setup.module,
      id: setup.id,
      config: setup.config,
      defaultSampleIntervalSecs: setup.defaultSampleIntervalSecs,
      globalRateMetricNames: setup.globalRateMetricNames,
      environment: process.env,
      debugLevel: setup.debugLevel,
      now: () => systemClock.now(),
      writeLine: (line, signal) => this.#outside.writeLine(line, signal),
      writeDiagnostic: (diagnostic) => this.#diagnostics.report({ ...diagnostic, type: 'diagnostic' }),
      signal: this.#stopping.signal,
    };
  }

  /**
   * Sees what the other side cannot see in all versions of Node: the memory of buffers. `process.memoryUsage()` would open
   * a file, and fail where the monitor has used up all that can be open.
   */
  #endWhenOutOfMemory(): void {
    const limit = this.#setup?.memoryLimitBytes ?? Number.POSITIVE_INFINITY;
    const { used_heap_size: heapBytes, external_memory: bufferBytes } = getHeapStatistics();
    if (heapBytes + bufferBytes <= limit) return;
    const [used, allowed] = [heapBytes + bufferBytes, limit].map((bytes) => Math.round(bytes / 1024 / 1024));
    this.#end('out-of-memory', `Out of memory: used ${used} MiB, may use ${allowed} MiB`);
  }

  #end(reason: EndingReason, message: string): void {
    this.#diagnostics.flush();
    this.#outside.send({ type: 'ending', reason, message });
    this.#outside.exit(reason);
  }
}

function startFailure(error: unknown): GuestMessage {
  const failure = describeThrown(error);
  if (!(error instanceof Error) || error.name !== 'BadMonitorConfiguration')
    return { type: 'start-failed', ...failure };
  const field = 'field' in error && typeof error.field === 'string' ? { field: error.field } : {};
  return { type: 'bad-configuration', message: failure.message, ...field };
}
