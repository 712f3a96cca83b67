import { describe, expect, it } from 'vitest';
import { formatJson } from '../../../src/receiver/format-json.ts';
import { formatLog } from '../../../src/receiver/format-log.ts';
import { formatPoint } from '../../../src/receiver/format-point.ts';
import type { ReceivedLog, ReceivedPoint } from '../../../src/receiver/received.ts';

const POINT: ReceivedPoint = {
  resource: { 'host.name': 'web-1' },
  scope: 'random_coin',
  name: 'uniform',
  description: '',
  unit: '',
  kind: 'gauge',
  startTimeUnixNano: 0n,
  timeUnixNano: 1_406_665_326_789_000_000n,
  value: 0.98,
  attributes: { count: 1n, 'scalyr.monitor.id': '1' },
};

const LOG: ReceivedLog = {
  resource: { 'host.name': 'web-1' },
  scope: 'random_coin',
  eventName: 'side',
  body: 'heads',
  severityNumber: 0,
  severityText: '',
  timeUnixNano: 1_406_665_326_789_000_000n,
  observedTimeUnixNano: 0n,
  attributes: { count: 1n },
};

describe('formatPoint', () => {
  it('writes time, scope, name, value and attributes in one line', () => {
    expect(formatPoint(POINT)).toBe(
      '2014-07-29 20:22:06.789Z random_coin uniform 0.98 {count: 1, scalyr.monitor.id: "1"}',
    );
  });

  it.each([
    { point: { value: 1 }, part: ' uniform 1.0 {' },
    { point: { value: 1n }, part: ' uniform 1 {' },
    { point: { value: -0 }, part: ' uniform -0.0 {' },
    { point: { value: NaN }, part: ' uniform NaN {' },
    { point: { value: 1e21 }, part: ' uniform 1e+21 {' },
    { point: { value: null }, part: ' uniform no value {' },
    { point: { unit: 'By' }, part: ' uniform 0.98 By {' },
    { point: { timeUnixNano: 1_406_665_326_789_000_001n }, part: '20:22:06.789000001Z' },
    { point: { timeUnixNano: 18446744073709551615n }, part: '2554-07-21 23:34:33.709551615Z' },
    {
      point: { kind: 'sum', monotonic: true, temporality: 'cumulative' },
      part: ' 0.98 (cumulative monotonic sum) {',
    },
    {
      point: { kind: 'exponential_histogram', temporality: 'delta', value: 3n },
      part: ' 3 (delta exponential histogram) {',
    },
  ] satisfies { point: Partial<ReceivedPoint>; part: string }[])('writes $part', ({ point, part }) => {
    expect(formatPoint({ ...POINT, ...point })).toContain(part);
  });

  it('shows the type of every attribute and quotes keys that could be misread', () => {
    const attributes = {
      'a b': true,
      d: 1,
      i: 2n,
      s: '2',
      n: null,
      bytes: Uint8Array.from([0, 255]),
      list: ['x', 1n],
      map: { k: 1.5 },
    };

    expect(formatPoint({ ...POINT, attributes })).toContain(
      '{"a b": true, d: 1.0, i: 2, s: "2", n: null, bytes: 0x00ff, list: ["x", 1], map: {k: 1.5}}',
    );
  });

  it('lets nothing through that a terminal would obey', () => {
    const attributes = { '\u001b[2J': '\u009b1A\n' };

    expect(formatPoint({ ...POINT, name: 'a\r\u001b[31m', attributes })).toBe(
      '2014-07-29 20:22:06.789Z random_coin a\\u000d\\u001b[31m 0.98 {"\\u001b[2J": "\\u009b1A\\n"}',
    );
  });
});

describe('formatLog', () => {
  it('writes time, scope, event name, body and attributes in one line', () => {
    expect(formatLog(LOG)).toBe('2014-07-29 20:22:06.789Z random_coin side "heads" {count: 1}');
  });

  it('starts with the body when there is no event name, and shows the severity when there is one', () => {
    expect(formatLog({ ...LOG, eventName: '', severityText: 'WARN' })).toBe(
      '2014-07-29 20:22:06.789Z random_coin WARN "heads" {count: 1}',
    );
  });

  it('falls back on the time of observation', () => {
    expect(formatLog({ ...LOG, timeUnixNano: 0n, observedTimeUnixNano: 1_000_000_000n })).toContain(
      '1970-01-01 00:00:01.000Z ',
    );
  });
});

describe('formatJson', () => {
  it('writes times and large integers as strings, bytes as base64, what is not finite by its name', () => {
    const attributes = { small: 7n, large: 9007199254740993n, bytes: Uint8Array.from([1]), nan: NaN };

    expect(JSON.parse(formatJson({ ...POINT, attributes }))).toEqual({
      resource: { 'host.name': 'web-1' },
      scope: 'random_coin',
      name: 'uniform',
      description: '',
      unit: '',
      kind: 'gauge',
      startTimeUnixNano: '0',
      timeUnixNano: '1406665326789000000',
      value: 0.98,
      attributes: { small: 7, large: '9007199254740993', bytes: 'AQ==', nan: 'NaN' },
    });
  });
});
