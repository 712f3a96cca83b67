import { isMainThread } from 'node:worker_threads';
import { BadMonitorConfiguration, Float, readPattern, ScalyrMonitor } from 'scalyr-otel-bridge';
import type { MetricValue } from 'scalyr-otel-bridge';
import { ProcessFinder } from './find-processes.ts';
import { GrowingTotals } from './growing-totals.ts';
import type { Counters } from './growing-totals.ts';
import { PROCESS_METRICS } from './metrics.ts';
import { aggregate, commandline, id, includeChildren, pid } from './options.ts';
import { ProcessFiles } from './process-files.ts';
import type { ProcessReading } from './process-files.ts';

const HOUR_SECS = 3600;

/** Reads what the Linux kernel counts about some processes. */
export class LinuxProcessMetrics extends ScalyrMonitor {
  static override readonly description =
    'Measures a process, or several as one: CPU, memory, threads, input and output, open files.';
  static override readonly configOptions = [id, commandline, pid, aggregate, includeChildren];
  static override readonly metrics = PROCESS_METRICS;

  /** Where `proc` is. */
  root = '/';
  /** What `$$` means: a monitor lives in a thread of the collector, or in a process that the collector started. */
  collectorPid: number = isMainThread ? process.ppid : process.pid;
  #finder: ProcessFinder | undefined;
  readonly #totals = new GrowingTotals();

  override initialize(): void {
    const pattern = this.config.get(commandline);
    const given = this.config.get(pid);
    if (pattern === undefined && given === undefined) {
      throw new BadMonitorConfiguration(
        `Cannot tell which process "${this.monitorName}" shall measure: give "commandline", "pid" or both`,
        commandline.name,
      );
    }
    this.#finder = new ProcessFinder({
      commandLine: pattern === undefined ? undefined : readPattern(pattern, { field: commandline.name }),
      pid: pattern === undefined ? this.#readPid(given ?? '') : undefined,
      all: this.config.get(aggregate),
      children: this.config.get(includeChildren),
      own: new Set([process.pid, this.collectorPid]),
    });
  }

  override gatherSample(): void {
    const files = new ProcessFiles(this.root, (process, error) => this.#reportDenied(process, error));
    const now = files.now();
    const found = this.#finder?.find(files) ?? [];
    const processes = found.map((process) => files.read(process)).filter((reading) => reading !== undefined);
    const totals = this.#totals.add(
      processes.map(({ pid: process, stat, io }) => ({
        pid: process,
        startedAt: stat.startedAt,
        counters: countersOf({ stat, io }, now),
      })),
      now,
    );
    if (processes.length === 0) this.#reportNone();
    else this.#emitAll(processes, totals);
  }

  #emitAll(processes: readonly ProcessReading[], totals: ReadonlyMap<string, number>): void {
    this.#emit('app.cpu', totals.get('user'), 'user');
    this.#emit('app.cpu', totals.get('system'), 'system');
    this.#emit('app.uptime', totals.get('uptime'));
    this.#emit('app.nice', new Float((sum(processes, ({ stat }) => stat.nice) ?? 0) / processes.length));
    this.#emit(
      'app.threads',
      sum(processes, ({ stat }) => stat.threads),
    );
    this.#emit('app.mem.majflt', totals.get('majorFaults'));
    this.#emit('app.io.wait', totals.get('waitedForIo'));
    this.#emit(
      'app.mem.bytes',
      sum(processes, ({ memory }) => memory?.peakVmsize),
      'peak_vmsize',
    );
    this.#emit(
      'app.mem.bytes',
      sum(processes, ({ memory }) => memory?.vmsize),
      'vmsize',
    );
    this.#emit(
      'app.mem.bytes',
      sum(processes, ({ memory }) => memory?.peakResident),
      'peak_resident',
    );
    this.#emit(
      'app.mem.bytes',
      sum(processes, ({ memory }) => memory?.resident),
      'resident',
    );
    this.#emit('app.disk.bytes', totals.get('bytesRead'), 'read');
    this.#emit('app.disk.bytes', totals.get('bytesWritten'), 'write');
    this.#emit('app.disk.requests', totals.get('reads'), 'read');
    this.#emit('app.disk.requests', totals.get('writes'), 'write');
    this.#emit(
      'app.io.fds',
      sum(processes, ({ openFiles }) => openFiles),
      'open',
    );
  }

  #emit(name: string, value: MetricValue | undefined, type?: string): void {
    if (value === undefined) return;
    this.logger.emitValue(name, value, { app: this.config.get(id), ...(type !== undefined && { type }) });
  }

  #readPid(text: string): number {
    if (text === '$$') return this.collectorPid;
    const number = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number > 0) return number;
    throw new BadMonitorConfiguration(
      `Cannot use "${text}" for field "pid": wanted a number, or "$$"`,
      pid.name,
    );
  }

  #reportNone(): void {
    const pattern = this.config.get(commandline);
    const wanted =
      pattern === undefined ? `the pid ${this.config.get(pid)}` : `a command line like "${pattern}"`;
    this.logger.warn(`Cannot measure "${this.config.get(id)}": found no process with ${wanted}`, {
      limitOncePerSecs: HOUR_SECS,
      limitKey: 'none',
    });
  }

  #reportDenied(process: number, error: unknown): void {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    this.logger.warn(
      `Cannot read what process ${process} of "${this.config.get(id)}" reads, writes and has open: ${code}; run the ` +
        'collector as the user of the process, or as root',
      { limitOncePerSecs: HOUR_SECS, limitKey: 'denied' },
    );
  }
}

const MS_A_TICK = 10;

function countersOf({ stat, io }: Pick<ProcessReading, 'stat' | 'io'>, now: number): Counters {
  const { user, system, majorFaults, waitedForIo, startedAt } = stat;
  return { user, system, majorFaults, waitedForIo, uptime: (now - startedAt) * MS_A_TICK, ...io };
}

/** Over the processes that have the number; undefined when none has. */
function sum(
  processes: readonly ProcessReading[],
  numberOf: (process: ProcessReading) => number | undefined,
): number | undefined {
  const numbers = processes.map(numberOf).filter((number) => number !== undefined);
  return numbers.length === 0 ? undefined : numbers.reduce((total, number) => total + number, 0);
}
