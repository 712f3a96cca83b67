import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ExtraFields, MetricValue } from '../../../src/metric-line/metric-value.ts';
import { MonitorLogger } from '../../../src/monitor/monitor-logger.ts';
import type { EmitOptions } from '../../../src/monitor/monitor-logger.ts';
import { readPython } from './python-literal.ts';
import { RecordingContext } from './recording-context.ts';

/** One recorded call of emit_value: arguments as Python's repr wrote them, and what the agent did. */
interface GoldenCase {
  readonly label: string;
  readonly args: readonly string[];
  readonly kwargs: Readonly<Record<string, string>>;
  readonly metric_bytes: string;
  readonly metric_hex: string | null;
  readonly error: string | null;
}

const CASES = JSON.parse(
  readFileSync(new URL('../../golden/emit/orjson.json', import.meta.url), 'utf8'),
) as readonly GoldenCase[];

/** Arguments that only Python has, as a TypeScript plugin would write them. */
const IN_TYPESCRIPT: Readonly<Record<string, readonly unknown[]>> = {
  'bytes value': ['m', Buffer.from('abc')],
  IntEnum: ['m', 3],
  'name: bytes': [Buffer.from('abc'), 1],
};

/** Recorded cases that no TypeScript plugin can run into. */
const PYTHON_ONLY: Readonly<Record<string, string>> = {
  Decimal: 'JavaScript has no decimal numbers',
  Fraction: 'JavaScript has no fractions',
  complex: 'JavaScript has no complex numbers',
  'extra: int key': 'names of properties are strings: { 1: "a" } is { "1": "a" }, written as sa_1="a"',
  'extra: mixed key types': 'names of properties are strings, so they can always be sorted',
};

/** Emits what a recorded case emits; gives the bytes written, or the name of the error. */
function emit({ label, args, kwargs }: GoldenCase): string {
  const context = new RecordingContext();
  const logger = new MonitorLogger({
    context,
    monitor: 'my_monitor',
    id: '',
    metricNameBlacklist: ['blocked', 'sa_1blocked'],
    rateMetricNames: [],
  });
  const [name, value, fields] = IN_TYPESCRIPT[label] ?? args.map(readPython);
  try {
    logger.emitValue(
      name as string,
      value as MetricValue,
      fields as ExtraFields | undefined,
      readOptions(kwargs),
    );
  } catch (error) {
    return (error as Error).name;
  }
  return context.lines.join('');
}

function readOptions(kwargs: GoldenCase['kwargs']): EmitOptions {
  const read = (name: string): unknown => kwargs[name] && readPython(kwargs[name])?.valueOf();
  return { timestamp: read('timestamp'), monitorId: read('monitor_id_override') } as EmitOptions;
}

describe('emitValue, against recordings of the Scalyr agent', () => {
  it('has 87 recordings, 5 of which cannot be repeated in TypeScript', () => {
    expect(CASES).toHaveLength(87);
    expect(CASES.filter(({ label }) => label in PYTHON_ONLY)).toHaveLength(5);
    expect(Object.keys(IN_TYPESCRIPT).every((label) => CASES.some((golden) => golden.label === label))).toBe(
      true,
    );
  });

  const portable = CASES.filter(({ label }) => !(label in PYTHON_ONLY));

  it.each(portable.filter(({ error }) => error === null))('writes the same bytes: $label', (golden) => {
    const written = emit(golden);
    expect(written).toBe(golden.metric_bytes.replace('<NOW>', '2023-11-14 22:13:20.123Z'));
    expect(golden.metric_hex ?? Buffer.from(written).toString('hex')).toBe(
      Buffer.from(written).toString('hex'),
    );
  });

  it.each(portable.filter(({ error }) => error !== null))('throws the same error: $label', (golden) => {
    expect(emit(golden)).toBe(golden.error?.split(':')[0]);
  });
});
