import path from 'node:path';
import { systemClock } from '../../../src/clock/system-clock.ts';
import { BenchCollector } from '../bench-collector.ts';
import { BenchReceiver } from '../bench-receiver.ts';
import { atMost, below, median } from '../figure.ts';
import type { Figure, Scenario } from '../figure.ts';
import { MemoryWatch } from '../memory-watch.ts';
import { readProcessStats } from '../process-stats.ts';
import { inTemporaryFolder } from '../temporary-folder.ts';

/** V8 collects what starting has left behind, in every thread, for about so long. */
const SETTLING_MS = 30_000;
/** Two samples of each monitor. */
const MEASURED_MS = 60_000;
const MONITORS = 10;

/** What a collector costs that has little to do: one with a monitor each second, one with ten every 30 seconds. */
export const idle: Scenario = {
  name: 'idle',
  measure: (say) => inTemporaryFolder((folder) => measure(folder, say)),
};

async function measure(folder: string, say: (progress: string) => void): Promise<readonly Figure[]> {
  const receiver = await BenchReceiver.start();
  const backend = { endpoint: receiver.url };
  const one = await BenchCollector.start({
    folder: path.join(folder, 'one'),
    monitors: [{ module: 'random_coin', sample_interval: 1 }],
    backend,
  });
  const ten = await BenchCollector.start({
    folder: path.join(folder, 'ten'),
    monitors: Array.from({ length: MONITORS }, (_, i) => ({ module: 'random_coin', id: `coin-${i}` })),
    backend,
  });
  await systemClock.sleep(SETTLING_MS);
  say(`measuring for ${MEASURED_MS / 1000} s`);
  const memoryOfOne = new MemoryWatch(one.pid);
  const memoryOfTen = new MemoryWatch(ten.pid);
  const before = readProcessStats(ten.pid);
  await systemClock.sleep(MEASURED_MS);
  const cpuSecs = readProcessStats(ten.pid).cpuSecs - before.cpuSecs;
  memoryOfOne.stop();
  memoryOfTen.stop();
  await Promise.all([one.stop(), ten.stop()]);
  await receiver.stop();
  const largestOfOne = memoryOfOne.maxBytes / 1e6;
  return [
    { name: 'RSS with one monitor at 1 s, largest', value: largestOfOne, unit: 'MB', aim: atMost(90) },
    { name: 'RSS with one monitor at 1 s, median', value: median(memoryOfOne.samples) / 1e6, unit: 'MB' },
    { name: 'RSS with ten monitors at 30 s, largest', value: memoryOfTen.maxBytes / 1e6, unit: 'MB' },
    {
      name: 'CPU with ten monitors at 30 s',
      value: (100 * cpuSecs) / (MEASURED_MS / 1000),
      unit: '% of a core',
      aim: below(0.5),
    },
  ];
}
