import { systemClock } from '../../../src/clock/system-clock.ts';
import { acknowledged, BenchCollector } from '../bench-collector.ts';
import { BenchReceiver } from '../bench-receiver.ts';
import type { ReceiverReport } from '../bench-receiver.ts';
import { atLeast, atMost } from '../figure.ts';
import type { Figure, Scenario } from '../figure.ts';
import { MemoryWatch } from '../memory-watch.ts';
import { readProcessStats } from '../process-stats.ts';
import type { ProcessStats } from '../process-stats.ts';
import { inTemporaryFolder } from '../temporary-folder.ts';

/** What emits, and how much. */
export interface Load {
  /** The monitor, and what its entry says besides warm-up, pause and count. */
  readonly module: string;
  readonly compression: 'gzip' | 'none';
  /** Enough for the compilers of all threads to do most of their work. */
  readonly warmUpValues: number;
  /** Longer than the warm-up takes to be delivered. */
  readonly pauseSecs: number;
  readonly values: number;
}

/** The last request is not full and waits for `export_interval`: it is left out. */
const LAST_REQUEST = 10_000;

/**
 * A monitor emits as fast as it is let, while metric log, spool, delivery and receiver share the machine with it. The
 * time goes from the first value to the moment when the backend has acknowledged them all: nothing in a queue counts.
 */
export function throughput(compression: 'gzip' | 'none'): Scenario {
  const load = { module: 'emitter', compression, warmUpValues: 1_000_000, pauseSecs: 10, values: 4_000_000 };
  return {
    name: compression === 'gzip' ? 'throughput' : 'throughput-uncompressed',
    measure: (say) =>
      inTemporaryFolder(async (folder) => figures(await measureThroughput(folder, load, say), 200_000)),
  };
}

/** The same work at two moments. */
export interface ThroughputRun {
  /** Values that were emitted and acknowledged between the two. */
  readonly values: number;
  readonly before: Look;
  readonly after: Look;
  readonly largestRssBytes: number;
}

/** Puts `load` on a collector. `others` are further processes to look at, found when the warm-up is over. */
export async function measureThroughput(
  folder: string,
  load: Load,
  say: (progress: string) => void,
  others: (collector: number) => readonly number[] = () => [],
): Promise<ThroughputRun> {
  const { module, compression, warmUpValues, pauseSecs, values } = load;
  const receiver = await BenchReceiver.start();
  const emitter = { warm_up: warmUpValues, pause_secs: pauseSecs, count: values };
  const collector = await BenchCollector.start({
    folder,
    monitors: [{ module, monitor_log_write_rate: -1, ...emitter }],
    backend: { endpoint: receiver.url, compression },
  });
  const memory = new MemoryWatch(collector.pid);
  await receiver.reaches(warmUpValues);
  const pids = others(collector.pid);
  const look = (report: ReceiverReport): Look => lookAt(collector.pid, pids, report);
  const before = look(await receiver.report());
  const { atMs } = look(await receiver.reaches(warmUpValues + 1));
  say(`measuring ${values} values`);
  const after = look(await receiver.reaches(warmUpValues + values - LAST_REQUEST));
  memory.stop();
  say('waiting for the last request');
  await receiver.reaches(warmUpValues + values);
  const books = await collector.stop();
  await receiver.stop();
  if (acknowledged(books) !== warmUpValues + values)
    throw new Error(`${acknowledged(books)} values are acknowledged, wanted all of them`);
  const largestRssBytes = memory.maxBytes;
  return { values: values - LAST_REQUEST, before: { ...before, atMs }, after, largestRssBytes };
}

/** What the books of all processes say at one moment. */
export interface Look {
  readonly atMs: number;
  readonly collector: ProcessStats;
  readonly receiver: ReceiverReport;
  readonly others: readonly ProcessStats[];
}

function lookAt(collector: number, others: readonly number[], receiver: ReceiverReport): Look {
  return {
    atMs: systemClock.monotonic(),
    collector: readProcessStats(collector),
    receiver,
    others: others.map(readProcessStats),
  };
}

/** The figures of the collector; `aim` is what it shall reach, in values a second. */
export function figures(
  { values, before, after, largestRssBytes }: ThroughputRun,
  aim: number,
): readonly Figure[] {
  const sent = after.receiver.bodyBytes - before.receiver.bodyBytes;
  const written = after.collector.writtenBytes - before.collector.writtenBytes - sent;
  const cpuSecs = after.collector.cpuSecs - before.collector.cpuSecs;
  const secs = (after.atMs - before.atMs) / 1000;
  return [
    { name: 'end to end', value: values / secs, unit: 'values/s', aim: atLeast(aim) },
    { name: 'CPU, all threads', value: (cpuSecs * 1e6) / values, unit: 'µs/value' },
    { name: 'cores in use', value: cpuSecs / secs, unit: 'cores' },
    { name: 'written to metric log and spool', value: written / values, unit: 'bytes/value' },
    { name: 'sent', value: sent / values, unit: 'bytes/value' },
    { name: 'RSS, largest', value: largestRssBytes / 1e6, unit: 'MB', aim: atMost(150) },
  ];
}
