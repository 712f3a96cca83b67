import path from 'node:path';
import { systemClock } from '../../../src/clock/system-clock.ts';
import { BenchCollector } from '../bench-collector.ts';
import { BenchReceiver } from '../bench-receiver.ts';
import { atMost } from '../figure.ts';
import type { Figure, Scenario } from '../figure.ts';
import { descendantsOf, leavesOf, readPss } from '../processes.ts';
import { readRss } from '../process-stats.ts';
import { inTemporaryFolder } from '../temporary-folder.ts';
import { figures, measureThroughput } from './throughput.ts';
import type { ThroughputRun } from './throughput.ts';

const LOAD = {
  module: 'emitter_python',
  compression: 'gzip',
  warmUpValues: 200_000,
  pauseSecs: 5,
  values: 1_500_000,
} as const;
const FURTHER = 10;
/** In this time all monitors have started and taken their first sample. */
const SETTLE_MS = 8000;

/** An unmodified Python plugin, from its emit_value to the metric log and the backend; and what more of them cost. */
export const python: Scenario = {
  name: 'python',
  measure: (say) => inTemporaryFolder((folder) => measure(folder, say)),
};

async function measure(folder: string, say: (progress: string) => void): Promise<readonly Figure[]> {
  const run = await measureThroughput(path.join(folder, 'throughput'), LOAD, say, descendantsOf);
  say('memory of one monitor');
  const one = await memoryOf(path.join(folder, 'one'), 1);
  say(`memory of ${FURTHER + 1} monitors`);
  const many = await memoryOf(path.join(folder, 'many'), FURTHER + 1);
  const added = (many.pssBytes - one.pssBytes) / FURTHER;
  return [
    ...figures(run, 120_000),
    { name: 'CPU in the process of the plugin', value: pluginCpu(run), unit: 'µs/value', aim: atMost(8) },
    { name: 'RSS of the process of a plugin', value: one.pluginRssBytes / 1e6, unit: 'MB', aim: atMost(18) },
    { name: 'PSS added by each further monitor', value: added / 1e6, unit: 'MB', aim: atMost(6) },
  ];
}

/** The plugin's process is the one that works most. */
function pluginCpu({ values, before, after }: ThroughputRun): number {
  const spent = after.others.map((stats, index) => stats.cpuSecs - (before.others[index]?.cpuSecs ?? 0));
  return (Math.max(...spent) * 1e6) / values;
}

async function memoryOf(folder: string, monitors: number) {
  const receiver = await BenchReceiver.start();
  const collector = await BenchCollector.start({
    folder,
    monitors: Array.from({ length: monitors }, () => ({ module: 'one_value_python', sample_interval: 1 })),
    backend: { endpoint: receiver.url },
  });
  await systemClock.sleep(SETTLE_MS);
  const pids = descendantsOf(collector.pid);
  const pssBytes = pids.reduce((sum, pid) => sum + readPss(pid), 0);
  const pluginRssBytes = Math.max(...leavesOf(collector.pid).map(readRss));
  await collector.stop();
  await receiver.stop();
  return { pssBytes, pluginRssBytes };
}
