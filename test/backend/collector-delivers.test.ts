import { expect, it, onTestFinished } from 'vitest';
import { parseLine } from '../../src/metric-line/parse-line.ts';
import { CollectorFolder } from '../e2e/support/collector-folder.ts';
import { startVictoriaMetrics } from './support/victoria-metrics.ts';
import type { StoredPoint } from './support/victoria-metrics.ts';

const WITHIN = { timeout: 30_000 };

/** What each point has of the collector and not of its line. */
const RESOURCE = {
  'host.name': 'web-1',
  'service.name': 'scalyr-otel-bridge',
  tier: 'prod',
};

/** VictoriaMetrics keeps about twelve digits of a value, and nothing near the smallest double. */
const RELATIVE = 1e-10;
const ABSOLUTE = 1e-300;

it('brings every value of the metric log to VictoriaMetrics with its time, value and attributes', async () => {
  const backend = await startVictoriaMetrics();
  onTestFinished(() => backend.stop());
  const folder = new CollectorFolder({
    server_attributes: { serverHost: 'web-1', tier: 'prod' },
    monitors: [
      { module: 'random_coin', id: 'fair', sample_interval: 0.1 },
      { module: 'random_coin', id: 'wild', sample_interval: 0.1, gauss_mean: 5 },
      { module: 'every-kind', sample_interval: 0.5 },
    ],
    otel: {
      backends: [{ name: 'vm', endpoint: backend.otlpEndpoint, signals: ['metrics'] }],
      export_interval: 500,
    },
  });
  const collector = folder.start();
  await expect.poll(() => folder.log('every-kind.log').length, WITHIN).toBeGreaterThan(60);
  const end = await collector.stop();

  const records = ['random_coin.log', 'every-kind.log'].flatMap((file) => folder.log(file));
  const expected = inOrder(records.flatMap(pointsIn));
  const stored = inOrder(await backend.points({ atLeast: expected.length }));
  const wrong = stored.filter(({ value }, index) => !isSameValue(value, expected[index]?.value));
  const numbersOfNone = records.filter((record) => record.includes(' kind.none null'));
  const texts = records.filter((record) => / kind\.text | free text/.test(record));
  expect(end.code).toBe(0);
  expect(stored.map(identity)).toEqual(expected.map(identity));
  expect(wrong).toEqual([]);
  expect(folder.status.ledger).toMatchObject({
    balanced: true,
    totals: {
      emitted: records.length,
      backends: {
        vm: {
          settled: {
            acknowledged: expected.length,
            not_a_number: numbersOfNone.length,
            signal_off: texts.length,
          },
          pending: 0,
        },
      },
    },
  });
});

/** The point that VictoriaMetrics has to have for a record of a metric log; it keeps labels as texts. None for a text. */
function pointsIn(record: string): StoredPoint[] {
  const line = parseLine(record);
  if (line?.metric === undefined) return [];
  const { name, value, fields } = line.metric;
  if (value.kind === 'string' || value.kind === 'null') return [];
  const labels = {
    __name__: name,
    ...Object.fromEntries(fields.map((field) => [field.name, field.text])),
    ...(line.id !== '' && { 'scalyr.monitor.id': line.id }),
    ...RESOURCE,
  };
  const number = value.kind === 'bool' ? Number(value.text === 'true') : Number(value.text);
  return [{ labels, timeMs: line.timeMs, value: number }];
}

function inOrder(points: readonly StoredPoint[]): StoredPoint[] {
  return points.toSorted((a, b) => (identity(a) < identity(b) ? -1 : 1));
}

/** Everything but the value. No two points of this test have it in common. */
function identity({ labels, timeMs }: StoredPoint): string {
  return JSON.stringify([new Date(timeMs).toISOString(), Object.entries(labels).map(String).toSorted()]);
}

function isSameValue(stored: number | null, emitted: number | null | undefined): boolean {
  if (typeof stored !== 'number' || typeof emitted !== 'number') return false;
  return Math.abs(stored - emitted) <= RELATIVE * Math.abs(emitted) + ABSOLUTE;
}
