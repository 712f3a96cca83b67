import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ValueType } from '@opentelemetry/api';
import { ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AggregationTemporality, DataPointType } from '@opentelemetry/sdk-metrics';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startVictoriaMetrics, type VictoriaMetrics } from './support/victoria-metrics.ts';

/** Sends a gauge with one point for each `[time in ms, value]`. */
async function sendGauge(
  backend: VictoriaMetrics,
  name: string,
  points: readonly (readonly [number, number])[],
): Promise<Response> {
  const body = ProtobufMetricsSerializer.serializeRequest({
    resource: resourceFromAttributes({ 'host.name': 'web-1' }),
    scopeMetrics: [
      {
        scope: { name: 'random_coin' },
        metrics: [
          {
            descriptor: { name, description: '', unit: '', valueType: ValueType.DOUBLE },
            aggregationTemporality: AggregationTemporality.CUMULATIVE,
            dataPointType: DataPointType.GAUGE,
            dataPoints: points.map(([timeMs, value]) => ({
              startTime: [0, 0],
              endTime: [Math.floor(timeMs / 1000), (timeMs % 1000) * 1_000_000],
              attributes: { 'scalyr.monitor.id': '1' },
              value,
            })),
          },
        ],
      },
    ],
  });
  return fetch(`${backend.otlpEndpoint}/v1/metrics`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-protobuf' },
    body: Buffer.from(body ?? []),
  });
}

describe('VictoriaMetrics', () => {
  let backend: VictoriaMetrics;

  beforeAll(async () => {
    backend = await startVictoriaMetrics();
  });

  afterAll(async () => {
    await backend.stop();
  });

  it('gives back every point with its time, value and labels', async () => {
    const answer = await sendGauge(backend, 'coin.uniform', [
      [1_700_000_000_001, 0.98],
      [1_700_000_000_002, 1],
      [1_406_665_326_789, -2.5],
    ]);

    const points = await backend.points({ match: '{__name__="coin.uniform"}', atLeast: 3 });

    const labels = { __name__: 'coin.uniform', 'host.name': 'web-1', 'scalyr.monitor.id': '1' };
    expect(answer.status).toBe(200);
    expect(points).toEqual([
      { labels: expect.objectContaining(labels), timeMs: 1_406_665_326_789, value: -2.5 },
      { labels: expect.objectContaining(labels), timeMs: 1_700_000_000_001, value: 0.98 },
      { labels: expect.objectContaining(labels), timeMs: 1_700_000_000_002, value: 1 },
    ]);
  });

  it('says how many points are missing', async () => {
    await expect(
      backend.points({ match: '{__name__="never.sent"}', atLeast: 1, withinMs: 0 }),
    ).rejects.toThrow('VictoriaMetrics has 0 points of {__name__="never.sent"} after 0 ms, wanted 1');
  });

  it('goes on with its data after a stop', async () => {
    const dataPath = await mkdtemp(path.join(tmpdir(), 'victoria-metrics-kept-'));
    const before = await startVictoriaMetrics({ dataPath });
    await sendGauge(before, 'kept', [[1_700_000_000_000, 7]]);
    await before.stop();

    const after = await startVictoriaMetrics({ dataPath, port: before.port });
    const points = await after.points({ match: '{__name__="kept"}', atLeast: 1 });
    await after.stop();
    await rm(dataPath, { recursive: true });

    expect(points.map(({ timeMs, value }) => [timeMs, value])).toEqual([[1_700_000_000_000, 7]]);
  });
});
