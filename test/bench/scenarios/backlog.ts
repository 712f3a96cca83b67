import { systemClock } from '../../../src/clock/system-clock.ts';
import { acknowledged, BenchCollector } from '../bench-collector.ts';
import { BenchReceiver } from '../bench-receiver.ts';
import { atMost } from '../figure.ts';
import type { Figure, Scenario } from '../figure.ts';
import { MemoryWatch } from '../memory-watch.ts';
import { inTemporaryFolder } from '../temporary-folder.ts';

const LINES = 5_000_000;
const SPOOL_MAX_BYTES = 2 * 1024 ** 3;
const LOOK_EVERY_MS = 500;
/** A port on which nobody listens: connections are refused at once. */
const NOBODY = 'http://127.0.0.1:9';

/** A collector fills its spool while its backend is down; started again with the backend up, it delivers all of it. */
export const backlog: Scenario = {
  name: 'backlog',
  measure: (say) => inTemporaryFolder((folder) => measure(folder, say)),
};

async function measure(folder: string, say: (progress: string) => void): Promise<readonly Figure[]> {
  say(`spooling ${LINES} lines, the backend is down`);
  const whileDown = await fill(folder);
  say('delivering them');
  const receiver = await BenchReceiver.start();
  const startedMs = systemClock.monotonic();
  const collector = await start(folder, receiver.url, []);
  const memory = new MemoryWatch(collector.pid);
  await receiver.reaches(1);
  const firstMs = systemClock.monotonic();
  await receiver.reaches(LINES / 10);
  const looksUntilTenth = memory.samples.length;
  await receiver.reaches(LINES);
  const lastMs = systemClock.monotonic();
  memory.stop();
  const settled = acknowledged(await collector.stop());
  await receiver.stop();
  if (settled !== LINES) throw new Error(`${settled} lines are acknowledged, wanted ${LINES}`);
  const early = Math.max(...memory.samples.slice(0, looksUntilTenth));
  const late = Math.max(...memory.samples.slice(looksUntilTenth));
  return [
    { name: 'RSS while the backend is down, largest', value: whileDown / 1e6, unit: 'MB' },
    { name: 'start to first line acknowledged', value: firstMs - startedMs, unit: 'ms' },
    { name: 'drained', value: (LINES / (lastMs - firstMs)) * 1000, unit: 'lines/s' },
    { name: 'RSS in the first tenth, largest', value: early / 1e6, unit: 'MB' },
    { name: 'RSS in the other nine, largest', value: late / 1e6, unit: 'MB', aim: atMost(150) },
  ];
}

/** Fills the spool and gives the largest RSS meanwhile, in bytes. */
async function fill(folder: string): Promise<number> {
  const emitter = { module: 'emitter', count: LINES };
  const collector = await start(folder, NOBODY, [emitter]);
  const memory = new MemoryWatch(collector.pid);
  while ((await emitted(collector)) < LINES) await systemClock.sleep(LOOK_EVERY_MS);
  memory.stop();
  const books = await collector.stop();
  if (acknowledged(books) > 0) throw new Error('Something was acknowledged while the backend was down');
  return memory.maxBytes;
}

function start(folder: string, endpoint: string, monitors: readonly object[]): Promise<BenchCollector> {
  return BenchCollector.start({ folder, monitors, backend: { endpoint }, spoolMaxBytes: SPOOL_MAX_BYTES });
}

/** As the status says, which is not there at first. */
async function emitted(collector: BenchCollector): Promise<number> {
  try {
    return (await collector.status()).ledger.totals.emitted;
  } catch {
    return 0;
  }
}
