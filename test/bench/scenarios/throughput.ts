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

/** Enough for the compilers of all threads to do most of their work. */
const WARM_UP_VALUES = 1_000_000;
/** Longer than the warm-up takes to be delivered. */
const PAUSE_SECS = 10;
const VALUES = 4_000_000;
/** The last request is not full and waits for `export_interval`: it is left out. */
const LAST_REQUEST = 10_000;
const MEASURED = VALUES - LAST_REQUEST;

/**
 * A monitor emits as fast as it is let, while metric log, spool, delivery and receiver share the machine with it. The
 * time goes from the first value to the moment when the backend has acknowledged them all: nothing in a queue counts.
 */
export function throughput(compression: 'gzip' | 'none'): Scenario {
  return {
    name: compression === 'gzip' ? 'throughput' : 'throughput-uncompressed',
    measure: (say) => inTemporaryFolder((folder) => measure(folder, compression, say)),
  };
}

async function measure(
  folder: string,
  compression: 'gzip' | 'none',
  say: (progress: string) => void,
): Promise<readonly Figure[]> {
  const receiver = await BenchReceiver.start();
  const emitter = { warm_up: WARM_UP_VALUES, pause_secs: PAUSE_SECS, count: VALUES };
  const collector = await BenchCollector.start({
    folder,
    monitors: [{ module: 'emitter', monitor_log_write_rate: -1, ...emitter }],
    backend: { endpoint: receiver.url, compression },
  });
  const memory = new MemoryWatch(collector.pid);
  await receiver.reaches(WARM_UP_VALUES);
  const before = look(collector, await receiver.report());
  const { atMs: startedMs } = look(collector, await receiver.reaches(WARM_UP_VALUES + 1));
  say(`measuring ${VALUES} values`);
  const after = look(collector, await receiver.reaches(WARM_UP_VALUES + MEASURED));
  memory.stop();
  say('waiting for the last request');
  await receiver.reaches(WARM_UP_VALUES + VALUES);
  const books = await collector.stop();
  await receiver.stop();
  if (acknowledged(books) !== WARM_UP_VALUES + VALUES)
    throw new Error(`${acknowledged(books)} values are acknowledged, wanted all of them`);
  return figures({ ...before, atMs: startedMs }, after, memory);
}

interface Look {
  readonly atMs: number;
  readonly collector: ProcessStats;
  readonly receiver: ReceiverReport;
}

function look(collector: BenchCollector, receiver: ReceiverReport): Look {
  return { atMs: systemClock.monotonic(), collector: readProcessStats(collector.pid), receiver };
}

function figures(before: Look, after: Look, memory: MemoryWatch): readonly Figure[] {
  const sent = after.receiver.bodyBytes - before.receiver.bodyBytes;
  const written = after.collector.writtenBytes - before.collector.writtenBytes - sent;
  const cpuSecs = after.collector.cpuSecs - before.collector.cpuSecs;
  const secs = (after.atMs - before.atMs) / 1000;
  return [
    { name: 'end to end', value: MEASURED / secs, unit: 'values/s', aim: atLeast(200_000) },
    { name: 'CPU, all threads', value: (cpuSecs * 1e6) / MEASURED, unit: 'µs/value' },
    { name: 'cores in use', value: cpuSecs / secs, unit: 'cores' },
    { name: 'written to metric log and spool', value: written / MEASURED, unit: 'bytes/value' },
    { name: 'sent', value: sent / MEASURED, unit: 'bytes/value' },
    { name: 'RSS, largest', value: memory.maxBytes / 1e6, unit: 'MB', aim: atMost(150) },
  ];
}
