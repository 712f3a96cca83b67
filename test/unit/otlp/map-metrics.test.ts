import { ValueType } from '@opentelemetry/api';
import { ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer';
import { AggregationTemporality, DataPointType } from '@opentelemetry/sdk-metrics';
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { describe, expect, it } from 'vitest';

import { MetricDefinitions } from '../../../src/otlp/metric-definitions.ts';
import { lineOf, metricLine } from './support/lines.ts';
import { mapMetrics, mappingOptions } from './support/mapping.ts';

const options = mappingOptions();

function map(...contents: string[]): ResourceMetrics {
  return mapMetrics(
    contents.map((content) => metricLine(lineOf(content))),
    options,
  );
}

function pointsOf(metrics: ResourceMetrics) {
  return metrics.scopeMetrics.flatMap((scope) =>
    scope.metrics.flatMap((metric) => metric.dataPoints.map((point) => point.value)),
  );
}

describe('the mapping to data points', () => {
  it('makes a gauge point with the time of the line, its value and its fields', () => {
    const [scope] = map('uniform 0.98 count=1').scopeMetrics;
    expect(scope).toEqual({
      scope: { name: 'coin_monitor' },
      metrics: [
        {
          descriptor: { name: 'uniform', description: '', unit: '', valueType: ValueType.DOUBLE },
          aggregationTemporality: AggregationTemporality.CUMULATIVE,
          dataPointType: DataPointType.GAUGE,
          dataPoints: [
            {
              startTime: [0, 0],
              endTime: [1406665326, 789000000],
              attributes: { count: 1 },
              value: 0.98,
            },
          ],
        },
      ],
    });
  });

  it('makes 1 of true and 0 of false', () => {
    expect(pointsOf(map('up true', 'up false'))).toEqual([1, 0]);
  });

  it('takes whole numbers, large and small ones, as doubles', () => {
    expect(pointsOf(map('m 5', 'm 18446744073709551616', 'm 5e-324', 'm -0.0'))).toEqual([
      5, 18446744073709552000, 5e-324, -0,
    ]);
  });

  it('makes one point for each line, equal ones included, and keeps their order', () => {
    expect(pointsOf(map('m 3 a=1', 'm 1 a=1', 'm 1 a=1', 'm 2 a=1'))).toEqual([3, 1, 1, 2]);
  });

  it('groups points by monitor and metric in the order in which they first occur', () => {
    const lines = ['b(1)] y 1', 'a()] x 2', 'b(2)] z 3', 'b(1)] y 4'].map((rest) =>
      metricLine(`2014-07-29 20:22:06.789Z [${rest}`),
    );
    const groups = mapMetrics(lines, options).scopeMetrics.map(({ scope, metrics }) => [
      scope.name,
      metrics.map(({ descriptor, dataPoints }) => [descriptor.name, dataPoints.length]),
    ]);
    expect(groups).toEqual([
      [
        'b',
        [
          ['y', 2],
          ['z', 1],
        ],
      ],
      ['a', [['x', 1]]],
    ]);
  });

  it('tells the instances of a monitor apart by an attribute', () => {
    const line = metricLine('2014-07-29 20:22:06.789Z [coin_monitor(left)] m 1');
    const [scope] = mapMetrics([line], options).scopeMetrics;
    expect(scope?.metrics[0]?.dataPoints[0]?.attributes).toEqual({ 'scalyr.monitor.id': 'left' });
  });

  it('gives a metric the unit and description that its monitor defined', () => {
    const definitions = new MetricDefinitions();
    definitions.define('coin_monitor', [
      { name: 'took', description: 'Time it took.', unit: 'sec', cumulative: false },
    ]);
    const [scope] = mapMetrics([metricLine(lineOf('took 1'))], { ...options, definitions }).scopeMetrics;
    expect(scope?.metrics[0]?.descriptor).toMatchObject({ description: 'Time it took.', unit: 's' });
  });

  it('makes a monotonic cumulative sum of a cumulative metric where the configuration says so', () => {
    const definitions = new MetricDefinitions();
    definitions.define('coin_monitor', [{ name: 'flips', description: '', cumulative: true }]);
    const lines = [metricLine(lineOf('flips 7')), metricLine(lineOf('other 7'))];
    const [scope] = mapMetrics(lines, { ...options, definitions, cumulative: 'sum' }).scopeMetrics;
    expect(scope?.metrics).toMatchObject([
      {
        dataPointType: DataPointType.SUM,
        isMonotonic: true,
        aggregationTemporality: AggregationTemporality.CUMULATIVE,
      },
      { dataPointType: DataPointType.GAUGE },
    ]);
  });

  it('makes a gauge of a cumulative metric otherwise', () => {
    const definitions = new MetricDefinitions();
    definitions.define('coin_monitor', [{ name: 'flips', description: '', cumulative: true }]);
    const [scope] = mapMetrics([metricLine(lineOf('flips 7'))], { ...options, definitions }).scopeMetrics;
    expect(scope?.metrics[0]?.dataPointType).toBe(DataPointType.GAUGE);
  });

  it('sends a text value as 1 with the text in the attribute "value"', () => {
    const [scope] = map('version "1.2.3" arch="arm"').scopeMetrics;
    expect(scope?.metrics[0]?.dataPoints[0]).toMatchObject({
      value: 1,
      attributes: { arch: 'arm', value: '1.2.3' },
    });
  });

  it.each([
    ['before 1970', '1969-12-31 23:59:59.999Z'],
    ['after 2262', '2300-01-01 00:00:00.000Z'],
  ])('refuses a time %s, which would become another one', (_, time) => {
    expect(() => mapMetrics([metricLine(`${time} [m()] x 1`)], options)).toThrow(
      /cannot be expressed in OTLP: wanted one from 1970 to 2262$/,
    );
  });

  it('gives the official serializer what it can write', () => {
    expect(ProtobufMetricsSerializer.serializeRequest(map('m 1.5 a="ü" b=true c=3'))?.length).toBeGreaterThan(
      50,
    );
  });
});
