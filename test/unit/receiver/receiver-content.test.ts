import { ValueType } from '@opentelemetry/api';
import { SeverityNumber } from '@opentelemetry/api-logs';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  JsonLogsSerializer,
  JsonMetricsSerializer,
  ProtobufLogsSerializer,
  ProtobufMetricsSerializer,
} from '@opentelemetry/otlp-transformer';
import { AggregationTemporality, DataPointType } from '@opentelemetry/sdk-metrics';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ReceivedExport } from '../../../src/receiver/received.ts';
import { startReceiver, type Receiver } from '../../../src/receiver/receiver.ts';
import { bytesOf, ENCODINGS, gauge, metricsOf, protobufOf, send, TIME, TIME_NANO } from './otlp-client.ts';

const JSON_TYPE = { contentType: 'application/json' };

let receiver: Receiver;
let exports: ReceivedExport[] = [];

beforeAll(async () => {
  receiver = await startReceiver({ onExport: (received) => void exports.push(received) });
});

beforeEach(() => {
  exports = [];
});

afterAll(async () => {
  await receiver.close();
});

describe.each(ENCODINGS)('what arrives as $encoding', ({ encoding, contentType, metrics }) => {
  it.each([{ gzip: false }, { gzip: true }])('is taken point by point, gzip $gzip', async ({ gzip }) => {
    const request = metricsOf(
      gauge('uniform', [0.98, 1], { count: 1, 'scalyr.monitor.id': '1', fair: true }),
    );

    const answer = await send(receiver.url, bytesOf(metrics.serializeRequest(request)), {
      contentType,
      gzip,
    });

    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe(contentType);
    const common = {
      resource: { 'host.name': 'web-1' },
      scope: 'random_coin',
      name: 'uniform',
      description: '',
      unit: '',
      kind: 'gauge',
      startTimeUnixNano: 0n,
      timeUnixNano: TIME_NANO,
      attributes: { count: 1n, 'scalyr.monitor.id': '1', fair: true },
    };
    expect(exports).toStrictEqual([
      {
        signal: 'metrics',
        encoding,
        count: 2,
        points: [
          { ...common, value: 0.98 },
          { ...common, value: 1 },
        ],
        logs: [],
      },
    ]);
  });

  it('tells sums from gauges and integers from doubles', async () => {
    const sum = metricsOf({
      descriptor: { name: 'requests', description: 'Requests served', unit: '1', valueType: ValueType.INT },
      aggregationTemporality: AggregationTemporality.CUMULATIVE,
      dataPointType: DataPointType.SUM,
      isMonotonic: true,
      dataPoints: [{ startTime: [1, 5], endTime: TIME, attributes: {}, value: 7 }],
    });

    await send(receiver.url, bytesOf(metrics.serializeRequest(sum)), { contentType });

    expect(exports[0]?.points).toMatchObject([
      {
        name: 'requests',
        description: 'Requests served',
        unit: '1',
        kind: 'sum',
        monotonic: true,
        temporality: 'cumulative',
        startTimeUnixNano: 1_000_000_005n,
        value: 7n,
      },
    ]);
  });

  it('takes histograms with their count as the value', async () => {
    const histogram = metricsOf({
      descriptor: { name: 'duration', description: '', unit: 's', valueType: ValueType.DOUBLE },
      aggregationTemporality: AggregationTemporality.DELTA,
      dataPointType: DataPointType.HISTOGRAM,
      dataPoints: [
        {
          startTime: TIME,
          endTime: TIME,
          attributes: { route: '/' },
          value: { count: 3, sum: 0.5, buckets: { boundaries: [1], counts: [3, 0] } },
        },
      ],
    });

    await send(receiver.url, bytesOf(metrics.serializeRequest(histogram)), { contentType });

    expect(exports[0]?.points).toMatchObject([
      { name: 'duration', kind: 'histogram', temporality: 'delta', value: 3n, attributes: { route: '/' } },
    ]);
  });
});

describe.each([
  { encoding: 'protobuf', contentType: 'application/x-protobuf', serializer: ProtobufLogsSerializer },
  { encoding: 'json', contentType: 'application/json', serializer: JsonLogsSerializer },
])('log records as $encoding', ({ contentType, serializer }) => {
  it('are taken with event name, body and attributes', async () => {
    const record = {
      hrTime: TIME,
      hrTimeObserved: [1, 0] satisfies [number, number],
      severityNumber: SeverityNumber.INFO,
      severityText: 'INFO',
      eventName: 'side',
      body: 'heads ü',
      resource: resourceFromAttributes({ 'host.name': 'web-1' }),
      instrumentationScope: { name: 'random_coin' },
      attributes: { count: 1, nested: { list: ['a', 2] } },
      droppedAttributesCount: 0,
    };

    const answer = await send(receiver.url, bytesOf(serializer.serializeRequest([record])), {
      path: '/v1/logs',
      contentType,
    });

    expect(answer.status).toBe(200);
    expect(exports[0]?.logs).toStrictEqual([
      {
        resource: { 'host.name': 'web-1' },
        scope: 'random_coin',
        eventName: 'side',
        body: 'heads ü',
        severityNumber: 9,
        severityText: 'INFO',
        timeUnixNano: TIME_NANO,
        observedTimeUnixNano: 1_000_000_000n,
        attributes: { count: 1n, nested: { list: ['a', 2n] } },
      },
    ]);
  });
});

describe('the receiver', () => {
  it('takes the same from JSON as from protobuf, whatever the attributes', async () => {
    const number = fc.oneof(fc.maxSafeInteger(), fc.double({ min: -1e15, max: 1e15, noNaN: true }));
    const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.boolean(), number);
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string({ unit: 'grapheme' }), value), async (attributes) => {
        exports = [];
        const request = metricsOf(gauge('any', [1], attributes));

        await send(receiver.url, bytesOf(ProtobufMetricsSerializer.serializeRequest(request)));
        await send(receiver.url, bytesOf(JsonMetricsSerializer.serializeRequest(request)), JSON_TYPE);

        expect(exports).toHaveLength(2);
        expect(Object.keys(exports[0]?.points[0]?.attributes ?? {})).toEqual(Object.keys(attributes));
        expect(exports[1]?.points).toStrictEqual(exports[0]?.points);
      }),
      { numRuns: 100 },
    );
  });

  it('takes an empty protobuf body as an export of nothing', async () => {
    const answer = await send(receiver.url, '');

    expect(answer.status).toBe(200);
    expect(exports).toMatchObject([{ signal: 'metrics', count: 0 }]);
  });

  it('answers partial_success present but empty, as the OpenTelemetry Collector does', async () => {
    const protobuf = await send(receiver.url, protobufOf(gauge('a', [1])));
    const json = await send(receiver.url, '{"resourceMetrics":[]}', { contentType: 'application/json' });

    expect(Buffer.from(protobuf.body).toString('hex')).toBe('0a00');
    expect(json.body).toBe('{"partialSuccess":{}}');
  });

  it('reads JSON integers as strings or numbers, doubles as strings, and the names of the proto files', async () => {
    const body = JSON.stringify({
      resource_metrics: [
        {
          scope_metrics: [
            {
              metrics: [
                {
                  name: 'g',
                  gauge: {
                    data_points: [
                      { timeUnixNano: '18446744073709551615', asInt: '-9223372036854775808' },
                      { timeUnixNano: 5, asInt: 7 },
                      { timeUnixNano: '0', asDouble: 'NaN' },
                      { timeUnixNano: '0', asDouble: '-Infinity' },
                      { timeUnixNano: '0', flags: 1 },
                    ],
                  },
                },
              ],
            },
          ],
        },
      ],
    });

    await send(receiver.url, body, { contentType: 'application/json; charset=utf-8' });

    expect(exports[0]?.points.map((point) => [point.timeUnixNano, point.value])).toStrictEqual([
      [18446744073709551615n, -9223372036854775808n],
      [5n, 7n],
      [0n, NaN],
      [0n, -Infinity],
      [0n, null],
    ]);
  });

  it('keeps nothing unless told to, and then no more than it was told', async () => {
    const keeping = await startReceiver({ keep: 3 });
    await send(keeping.url, protobufOf(gauge('a', [1, 2]), gauge('b', [3, 4])));
    await send(receiver.url, protobufOf(gauge('a', [1])));
    await keeping.close();

    expect(keeping.points.map((point) => point.value)).toEqual([1, 2, 3]);
    expect(keeping.totals).toEqual({
      requests: 1,
      refusedRequests: 0,
      points: 4,
      logs: 0,
      rejected: 0,
      notKept: 1,
    });
    expect(receiver.points).toEqual([]);
  });

  it('counts without decoding when only the count is wanted', async () => {
    const counting = await startReceiver({
      decode: 'count',
      onExport: (received) => void exports.push(received),
    });
    const values = Array.from({ length: 5000 }, (_, index) => index);

    await send(counting.url, protobufOf(gauge('a', values), gauge('b', values)), { gzip: true });
    await counting.close();

    expect(exports).toEqual([
      { signal: 'metrics', encoding: 'protobuf', count: 10_000, points: [], logs: [] },
    ]);
    expect(counting.totals.points).toBe(10_000);
  });

  it('answers only when the callback is done with an export', async () => {
    const order: string[] = [];
    const patient = await startReceiver({
      async onExport() {
        await new Promise((resolve) => setImmediate(resolve));
        order.push('exported');
      },
    });

    await send(patient.url, protobufOf(gauge('a', [1])));
    order.push('answered');
    await patient.close();

    expect(order).toEqual(['exported', 'answered']);
  });

  it('shows the head of each request', async () => {
    const heads: unknown[] = [];
    const watched = await startReceiver({
      onRequest: ({ method, path, headers }) => heads.push([method, path, headers['x-token']]),
    });

    await send(watched.url, protobufOf(gauge('a', [1])), { headers: { 'X-Token': 'abc' } });
    await watched.close();

    expect(heads).toEqual([['POST', '/v1/metrics', 'abc']]);
  });
});
