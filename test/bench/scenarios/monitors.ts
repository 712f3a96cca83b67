import { systemClock } from '../../../src/clock/system-clock.ts';
import type { StatusSnapshot } from '../../../src/status/status-snapshot.ts';
import { BenchCollector } from '../bench-collector.ts';
import { BenchReceiver } from '../bench-receiver.ts';
import { atMost, below } from '../figure.ts';
import type { Scenario } from '../figure.ts';
import { MemoryWatch } from '../memory-watch.ts';
import { PageServer } from '../page-server.ts';
import { readProcessStats } from '../process-stats.ts';
import { inTemporaryFolder } from '../temporary-folder.ts';

/** Two samples of each monitor, which take one every 30 s. */
const MEASURED_MS = 60_000;

/** What is measured of a collector that has settled. */
interface Measured {
  /** Part of a core, in percent. */
  readonly cpu: number;
  readonly rssMegabytes: number;
  readonly status: StatusSnapshot;
}

/** What the usual machine costs: the monitors that run by default, and twenty pages. */
export const machine: Scenario = {
  name: 'machine',
  async measure(say) {
    const monitors = (page: string): object[] => [
      { module: 'linux_system_metrics' },
      { module: 'linux_process_metrics', id: 'agent', pid: '$$' },
      ...pages(20, page),
    ];
    const { cpu, rssMegabytes } = await measure(monitors, { settlingMs: 30_000, say });
    return [
      {
        name: 'CPU of the machine, itself and 20 pages at 30 s',
        value: cpu,
        unit: '% of a core',
        aim: below(1),
      },
      { name: 'RSS of it, largest', value: rssMegabytes, unit: 'MB', aim: atMost(160) },
    ];
  },
};

/** Two thousand instances of one monitor, which share threads. */
export const many: Scenario = {
  name: 'many',
  async measure(say) {
    const { cpu, rssMegabytes, status } = await measure((page) => pages(2000, page), {
      settlingMs: 40_000,
      say,
    });
    const skipped = status.monitors.reduce((sum, { skippedTicks }) => sum + skippedTicks, 0);
    const failed = status.monitors.reduce((sum, { failures }) => sum + failures, 0);
    if (failed > 0) throw new Error(`${failed} samples failed`);
    return [
      { name: 'skipped ticks of 2,000 pages at 30 s', value: skipped, unit: 'ticks', aim: atMost(0) },
      { name: 'RSS of it, largest', value: rssMegabytes, unit: 'MB', aim: atMost(1000) },
      { name: 'CPU of it', value: cpu, unit: '% of a core' },
    ];
  },
};

function pages(count: number, url: string): object[] {
  return Array.from({ length: count }, (_, index) => ({ module: 'url_monitor', id: `page-${index}`, url }));
}

interface Watch {
  /** For the start, and for V8, which collects what starting has left behind in every thread for a while. */
  readonly settlingMs: number;
  readonly say: (progress: string) => void;
}

function measure(monitors: (page: string) => readonly object[], watch: Watch): Promise<Measured> {
  return inTemporaryFolder(async (folder) => {
    const [receiver, page] = await Promise.all([BenchReceiver.start(), PageServer.start()]);
    const backend = { endpoint: receiver.url };
    const collector = await BenchCollector.start({ folder, monitors: monitors(page.url), backend });
    await systemClock.sleep(watch.settlingMs);
    watch.say(`measuring for ${MEASURED_MS / 1000} s`);
    const memory = new MemoryWatch(collector.pid);
    const before = readProcessStats(collector.pid);
    await systemClock.sleep(MEASURED_MS);
    const cpuSecs = readProcessStats(collector.pid).cpuSecs - before.cpuSecs;
    memory.stop();
    const status = await collector.status();
    await collector.stop();
    await Promise.all([receiver.stop(), page.stop()]);
    const cpu = (100 * cpuSecs) / (MEASURED_MS / 1000);
    return { cpu, rssMegabytes: memory.maxBytes / 1e6, status };
  });
}
