import type { ConfigObject } from 'scalyr-otel-bridge';
import { Float } from 'scalyr-otel-bridge';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordingContext } from '../../test/unit/monitor/recording-context.ts';
import { OpenMetricsMonitor } from './openmetrics_monitor.ts';
import { parseExposition } from './parse-exposition.ts';

function parseLine(line: string): object | undefined {
  const [item] = parseExposition(line, 'prometheus');
  return item;
}

describe('parseExposition', () => {
  it.each([
    ['m 5', { value: 5 }],
    ['m -5', { value: -5 }],
    ['m 18446744073709551615', { value: 18_446_744_073_709_551_615n }],
    ['m 5.0', { value: new Float(5) }],
    ['m 1e3', { value: new Float(1000) }],
    ['m .5', { value: new Float(0.5) }],
    ['m NaN', { value: Number.NaN }],
    ['m +Inf', { value: Infinity }],
    ['m -Inf', { value: -Infinity }],
    ['m\t5', { value: 5 }],
    ['  m   5  ', { value: 5 }],
    ['m 5 1395066363000', { value: 5, timestampMs: 1_395_066_363_000 }],
    ['m{} 5', { labels: {} }],
    ['m {a="b"} 5', { labels: { a: 'b' } }],
    ['m{a="b",}5', { labels: { a: 'b' }, value: 5 }],
    ['m{ a = "b" , c = "d" } 5', { labels: { a: 'b', c: 'd' } }],
    ['m{a="} 1"} 5', { labels: { a: '} 1' } }],
    [String.raw`m{a="\\n\n\"\t"} 5`, { labels: { a: '\\n\n"\\t' } }],
    ['{"my.metric", "my.label"="b"} 5', { name: 'my.metric', labels: { 'my.label': 'b' } }],
    ['job:rate5m{a=""} 5', { name: 'job:rate5m', labels: { a: '' } }],
    ['m 5 # {trace_id="x"} 1 1', { value: 5 }],
  ])('reads %s', (line, expected) => {
    expect(parseLine(line)).toMatchObject({
      kind: 'sample',
      name: expect.any(String) as string,
      ...expected,
    });
  });

  it.each([
    ['m', 'the value of "m" is missing, or too much follows it'],
    ['m 1 2 3', 'the value of "m" is missing, or too much follows it'],
    ['m-1 2', 'the value of "m" is missing, or too much follows it'],
    ['m x', 'the value "x" of "m" is no number'],
    ['m 1 x', 'the timestamp "x" of "m" is no number'],
    ['{a="b"} 1', 'the name of the metric is missing'],
    ['m{a} 1', '"=" is missing after the label "a"'],
    ['m{a=b} 1', 'the value of the label "a" is missing, or its quotes'],
    ['m{a="b" c="d"} 1', '"," or "}" is missing after the label "a"'],
    ['m{a="b', 'the value of the label "a" is missing, or its quotes'],
    ['<html>', 'the name of the metric is missing'],
  ])('says what is wrong with %s', (line, reason) => {
    expect(parseLine(line)).toEqual({ kind: 'bad', line: 1, reason });
  });

  it('reads back whatever labels and value are written as the format demands', () => {
    const label = fc.stringMatching(/^[a-zA-Z_]\w*$/);
    fc.assert(
      fc.property(fc.dictionary(label, fc.string({ unit: 'grapheme' })), fc.double(), (labels, value) => {
        const written = Object.entries(labels).map(
          ([name, text]) =>
            `${name}="${text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')}"`,
        );
        const number = String(value).replace('Infinity', 'Inf');
        const item = parseLine(`m{${written.join(',')}} ${number}`);
        expect(item).toMatchObject({ kind: 'sample', name: 'm' });
        const read = item as { labels: object; value: number | bigint | Float };
        expect({ ...read.labels }).toEqual({ ...labels });
        expect(Number(read.value)).toBe(number === '0' ? 0 : value);
      }),
    );
  });

  it('never fails, whatever a line is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(Array.from(parseExposition(text, 'openmetrics')).length).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

describe('openmetrics_monitor', () => {
  const make = (more: ConfigObject): OpenMetricsMonitor =>
    new OpenMetricsMonitor(
      new RecordingContext({
        module: 'openmetrics_monitor',
        config: { url: 'http://127.0.0.1:1/', ...more },
      }),
    );

  it.each([
    [{ url: 'localhost:9100' }, 'Cannot use "localhost:9100" in field "url"'],
    [{ extra_fields: { a: [] } }, 'Cannot use "a" in field "extra_fields"'],
    [{ headers: { authorization: 'Bearer\nsecret' } }, 'Cannot use "authorization" in field "headers"'],
    [{ metric_component_value_include_list: { m: ['a'] } }, 'Cannot use the rule for "m"'],
    [{ metric_component_value_include_list: { m: { a: 'b' } } }, 'Cannot use the rule for "m"'],
  ])('refuses %j', (config, message) => {
    expect(() => make(config)).toThrow(message);
  });

  it('does not start without the certificates that ca_file names', async () => {
    await expect(make({ ca_file: '/nowhere/ca.pem' }).initialize()).rejects.toThrow(
      'Cannot read the certificates in "/nowhere/ca.pem": ENOENT',
    );
  });

  it('does not limit its metric log unless the entry says so, as with the agent', () => {
    expect(make({}).describe().metricLog).toMatchObject({ writeRate: -1, maxWriteBurst: -1 });
    expect(make({ monitor_log_write_rate: 5 }).describe().metricLog.writeRate).toBe(5);
  });
});
