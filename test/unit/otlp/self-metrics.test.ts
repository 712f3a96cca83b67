import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/clock/system-clock.ts';
import type { BackendBooks, Books } from '../../../src/ledger/ledger-snapshot.ts';
import { SELF_INSTRUMENTS } from '../../../src/otlp/self-instruments.ts';
import type { SelfSnapshot } from '../../../src/otlp/self-instruments.ts';
import { startSelfMetrics } from '../../../src/otlp/self-metrics.ts';
import { RecordingLogger } from '../../support/recording-logger.ts';
import { startBackend } from './support/backend.ts';
import { backendSettings } from './support/lane-fixture.ts';

const MAIN: BackendBooks = { emitted: 10, settled: { acknowledged: 7, not_a_number: 1 }, pending: 2 };
const COIN: Books = {
  emitted: 10,
  metricLog: { written: 6, rateLimited: 3, failed: 1, interrupted: 0, waiting: 0 },
  backends: { main: MAIN },
};
const SNAPSHOT: SelfSnapshot = {
  ledger: { monitors: { 'coin(1)': COIN } },
  spoolBytes: 4096,
  monitors: [
    { name: 'coin(1)', isUp: true, lastGatherMs: 250 },
    { name: 'coin(2)', isUp: false, lastGatherMs: undefined },
  ],
};

interface Point {
  readonly asDouble: number;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue: string } }[];
}

interface Metric {
  readonly name: string;
  readonly unit: string;
  readonly sum?: { readonly isMonotonic: boolean; readonly dataPoints: readonly Point[] };
  readonly gauge?: { readonly dataPoints: readonly Point[] };
}

/** `name{attributes} value` of each point in the body of a JSON request. */
function pointsIn(body: Buffer): string[] {
  const request = JSON.parse(body.toString()) as {
    readonly resourceMetrics: readonly [
      { readonly scopeMetrics: readonly [{ readonly metrics: readonly Metric[] }] },
    ];
  };
  return request.resourceMetrics[0].scopeMetrics[0].metrics.flatMap(
    ({ name, sum, gauge }) =>
      (sum ?? gauge)?.dataPoints.map(({ asDouble, attributes }) => {
        const labels = attributes.map(({ value }) => value.stringValue).join(',');
        return `${name}{${labels}} ${asDouble}`;
      }) ?? [],
  );
}

function start(endpoint: string, signals: readonly ('metrics' | 'logs')[] = ['metrics']) {
  const logger = new RecordingLogger();
  const selfMetrics = startSelfMetrics({
    backends: [backendSettings({ endpoint, signals })],
    resourceAttributes: { 'service.name': 'test' },
    intervalMs: 3_600_000,
    userAgent: 'test/1',
    clock: systemClock,
    logger,
    snapshot: () => SNAPSHOT,
  });
  return { logger, selfMetrics };
}

describe('metrics about the collector', () => {
  it('say what the ledger says, by monitor and backend', async () => {
    const { endpoint, arrived } = await startBackend();
    await start(endpoint).selfMetrics.stop(5_000);
    expect(arrived).toHaveLength(1);
    expect(pointsIn(arrived[0]?.body ?? Buffer.alloc(0))).toEqual([
      'scalyr_otel.lines.emitted{coin(1)} 10',
      'scalyr_otel.metric_log.written{coin(1)} 6',
      'scalyr_otel.metric_log.rate_limited{coin(1)} 3',
      'scalyr_otel.metric_log.failed{coin(1)} 1',
      'scalyr_otel.otlp.acknowledged{coin(1),main} 7',
      'scalyr_otel.otlp.rejected{coin(1),main} 0',
      'scalyr_otel.otlp.expired{coin(1),main} 0',
      'scalyr_otel.otlp.unspooled{coin(1),main} 0',
      'scalyr_otel.otlp.corrupted{coin(1),main} 0',
      'scalyr_otel.otlp.not_a_number{coin(1),main} 1',
      'scalyr_otel.otlp.text_dropped{coin(1),main} 0',
      'scalyr_otel.otlp.signal_off{coin(1),main} 0',
      'scalyr_otel.otlp.pending{coin(1),main} 2',
      'scalyr_otel.spool.size{} 4096',
      'scalyr_otel.monitor.up{coin(1)} 1',
      'scalyr_otel.monitor.up{coin(2)} 0',
      'scalyr_otel.monitor.gather.duration{coin(1)} 0.25',
    ]);
  });

  it('are not sent to a backend that takes no metrics', async () => {
    const { endpoint, arrived } = await startBackend();
    await start(endpoint, ['logs']).selfMetrics.stop(5_000);
    expect(arrived).toEqual([]);
  });

  it('that do not arrive are said in the log', async () => {
    const { endpoint } = await startBackend((_, response) => response.writeHead(503).end());
    const { selfMetrics, logger } = start(endpoint);
    await selfMetrics.stop(5_000);
    expect(logger.messages('warn')).toEqual([
      'Metrics about the collector did not reach backend "main": HTTP 503 Service Unavailable',
    ]);
  });

  it('do not hold up the end beyond the deadline', async () => {
    const { endpoint } = await startBackend(() => {});
    const { selfMetrics, logger } = start(endpoint);
    await selfMetrics.stop(0);
    expect(logger.messages('warn')).toEqual([
      'Metrics about the collector did not reach backend "main": stopped before the answer came',
    ]);
  });

  it.each(SELF_INSTRUMENTS)('are documented: $name', async ({ name, kind, unit }) => {
    const docs = await readFile(new URL('../../../docs/self-metrics.md', import.meta.url), 'utf8');
    expect(docs.replaceAll(/ +/g, ' ')).toContain(`| \`${name}\` | ${kind} | \`${unit}\` |`);
  });
});
