import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { LedgerSnapshot } from '../../../src/ledger/ledger-snapshot.ts';
import type { Receiver } from '../../../src/receiver/receiver.ts';
import { CollectorFolder } from '../support/collector-folder.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { valueInPoint, valueInRecord } from '../support/seen-value.ts';
import { receive } from '../support/test-receiver.ts';

const WITHIN = { timeout: 30_000, interval: 10 };
const ROUNDS = 50;
const LONGEST_LIFE_MS = 300;

/** KILL_SEED repeats a run as far as processes can be repeated. */
const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000);

it(`delivers every line of the metric log at least once over ${ROUNDS} kill -9 (KILL_SEED=${seed})`, async () => {
  const random = seededRandom(seed);
  const backend = await receive();
  const folder = new CollectorFolder({
    monitors: [
      { module: 'sequence', sample_interval: 0.01, values_per_sample: 20, monitor_log_write_rate: -1 },
      { module: 'sequence', sample_interval: 0.05, values_per_sample: 3, monitor_log_write_rate: -1 },
    ],
    otel: { backends: [{ name: 'only', endpoint: backend.url }], export_interval: 50 },
  });

  const books: LedgerSnapshot[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    books.push(...(await killOnce(folder, { round, random, backend })));
  }
  backend.behave();
  const last = await folder.startAndWait();
  await last.stop();

  const { ledger } = folder.status;
  const logged = folder.log('sequence.log').map(valueInRecord);
  const received = new Set(backend.points.map(valueInPoint));
  const { emitted, metricLog, backends } = ledger.totals;
  expect(books.length).toBeGreaterThan(ROUNDS / 2);
  expect([...books, ledger].flatMap(({ problems }) => problems)).toEqual([]);
  expect(ledger.balanced).toBe(true);
  expect(logged.filter((value) => !received.has(value))).toEqual([]);
  expect(new Set(logged).size).toBe(logged.length);
  expect(logged.length).toBeGreaterThan(ROUNDS * 10);
  expect(backends['only']).toEqual({ emitted, settled: { acknowledged: received.size }, pending: 0 });
  expect(emitted).toBe(received.size);
  expect(logged.length).toBeGreaterThanOrEqual(metricLog.written);
  expect(logged.length).toBeLessThanOrEqual(metricLog.written + metricLog.interrupted);
});

interface Round {
  readonly round: number;
  readonly random: () => number;
  readonly backend: Receiver;
}

/**
 * Starts a collector with a backend in some mood and kills it at a random moment, mostly after its first lines, sometimes
 * while it starts. Gives the books it wrote by then.
 */
async function killOnce(
  folder: CollectorFolder,
  { round, random, backend }: Round,
): Promise<LedgerSnapshot[]> {
  setMood(backend, random());
  const before = folder.logBytes('sequence.log');
  const collector = folder.start();
  if (round % 4 !== 0)
    await expect.poll(() => folder.logBytes('sequence.log'), WITHIN).toBeGreaterThan(before);
  await pause(random() * LONGEST_LIFE_MS);
  await collector.kill();
  const status = folder.statusOf(collector);
  return status === undefined ? [] : [status.ledger];
}

function setMood(backend: Receiver, mood: number): void {
  backend.behave();
  if (mood < 0.2) backend.misbehave({ kind: 'status', status: 503 });
  else if (mood < 0.4) backend.misbehave({ kind: 'slow', delayMs: 100 });
  else if (mood < 0.6) backend.misbehave({ kind: 'close', taken: true, requests: 1 });
}
