import { describe, expect, it } from 'vitest';
import { CollectorFolder } from '../support/collector-folder.ts';
import { valueInLog, valueInPoint, valueInRecord } from '../support/seen-value.ts';
import { receive } from '../support/test-receiver.ts';

const WITHIN = { timeout: 30_000 };

const EVERY_KIND = { module: 'every-kind', id: 'all', sample_interval: 0.1 };

/** Records of NaN, which OTLP does not carry. */
function isNone(record: string): boolean {
  return record.includes(' kind.none null');
}

describe('Every emitted value', () => {
  it.each([
    ['http/protobuf', 'gzip'],
    ['http/protobuf', 'none'],
    ['http/json', 'gzip'],
    ['http/json', 'none'],
  ])(
    'arrives with its time, value and attributes over %s with compression %s',
    async (protocol, compression) => {
      const backend = await receive();
      const folder = new CollectorFolder({
        server_attributes: { serverHost: 'web-1', tier: 'prod' },
        monitors: [EVERY_KIND, { ...EVERY_KIND, id: 'more', isolation: 'process' }],
        otel: { backends: [{ name: 'only', endpoint: backend.url, protocol, compression }] },
      });
      const collector = folder.start();
      await expect.poll(() => folder.log('every-kind.log').length, WITHIN).toBeGreaterThan(50);
      const end = await collector.stop();

      const records = folder.log('every-kind.log');
      const sent = records.filter((record) => !isNone(record)).map(valueInRecord);
      const received = [...backend.points.map(valueInPoint), ...backend.logs.map(valueInLog)];
      expect(end.code).toBe(0);
      expect(received.toSorted()).toEqual(sent.toSorted());
      expect(backend.points[0]?.resource).toEqual({
        'host.name': 'web-1',
        'service.name': 'scalyr-otel-bridge',
        tier: 'prod',
      });
      expect(folder.status.ledger).toMatchObject({
        balanced: true,
        totals: {
          emitted: records.length,
          metricLog: { written: records.length },
          backends: {
            only: {
              settled: { acknowledged: sent.length, not_a_number: records.filter(isNone).length },
              pending: 0,
            },
          },
        },
      });
    },
  );

  it('goes to the backends that want its signal, and is counted for the others', async () => {
    const metrics = await receive();
    const logs = await receive();
    const folder = new CollectorFolder({
      monitors: [EVERY_KIND],
      otel: {
        backends: [
          { name: 'metrics', endpoint: metrics.url, signals: ['metrics'] },
          { name: 'logs', endpoint: logs.url, signals: ['logs'] },
        ],
      },
    });
    const collector = folder.start();
    await expect.poll(() => folder.log('every-kind.log').length, WITHIN).toBeGreaterThan(50);
    await collector.stop();

    const records = folder.log('every-kind.log');
    const texts = records.filter((record) => / kind\.text | free text/.test(record));
    const numbers = records.filter((record) => !texts.includes(record) && !isNone(record));
    expect(metrics.points.map(valueInPoint).toSorted()).toEqual(numbers.map(valueInRecord).toSorted());
    expect(logs.logs.map(valueInLog).toSorted()).toEqual(texts.map(valueInRecord).toSorted());
    expect([metrics.totals.logs, logs.totals.points]).toEqual([0, 0]);
    expect(folder.status.ledger).toMatchObject({
      balanced: true,
      totals: {
        backends: {
          metrics: { settled: { acknowledged: numbers.length, signal_off: texts.length }, pending: 0 },
          logs: {
            settled: { acknowledged: texts.length, signal_off: records.length - texts.length },
            pending: 0,
          },
        },
      },
    });
  });
});
