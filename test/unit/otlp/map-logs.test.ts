import { describe, expect, it } from 'vitest';

import type { LogRecord } from '../../../src/otlp/map-logs.ts';
import { lineOf, parsed } from './support/lines.ts';
import { mapLogs, mappingOptions } from './support/mapping.ts';

const options = mappingOptions();
const SEEN_MS = 1_500_000_000_123;

function recordOf(line: string): Partial<LogRecord> {
  const [record] = mapLogs([parsed(line)], options, SEEN_MS);
  return record ?? {};
}

describe('the mapping to log records', () => {
  it('makes an event of a text value: the name of the metric, the text as body, the fields', () => {
    expect(recordOf(lineOf('state "on fire" host="a" n=1.5'))).toEqual({
      eventName: 'state',
      body: 'on fire',
      attributes: { host: 'a', n: '1.5' },
      hrTime: [1406665326, 789000000],
      hrTimeObserved: [1406665326, 789000000],
      instrumentationScope: { name: 'coin_monitor' },
      resource: options.resource,
      droppedAttributesCount: 0,
    });
  });

  it('makes a record without a name of free text', () => {
    const record = recordOf('2014-07-29 20:22:06.789Z [coin_monitor(2)] the coin fell off\nthe table');
    expect(record.body).toBe('the coin fell off\nthe table');
    expect(record.eventName).toBeUndefined();
    expect(record.attributes).toEqual({ 'scalyr.monitor.id': '2' });
  });

  it('never sets a severity', () => {
    expect(recordOf(lineOf('ERROR: severity="high"'))).not.toHaveProperty('severityNumber');
  });

  it('sends a line that cannot be taken apart as it stands, with the time it was seen', () => {
    const [record] = mapLogs(['no time in here'], options, SEEN_MS);
    expect(record).toMatchObject({
      body: 'no time in here',
      hrTime: [0, 0],
      hrTimeObserved: [1500000000, 123000000],
      attributes: {},
    });
  });

  it('replaces lone surrogates in the text', () => {
    expect(recordOf(lineOf(String.raw`m "a\udc00b"`)).body).toBe('a\uFFFDb');
  });

  it('gives records of one monitor the same scope object, by which the serializer groups them', () => {
    const [first, second] = mapLogs([parsed(lineOf('a "x"')), parsed(lineOf('b "y"'))], options, SEEN_MS);
    expect(first?.instrumentationScope).toBe(second?.instrumentationScope);
  });
});
