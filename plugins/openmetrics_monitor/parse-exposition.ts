import { Float } from 'scalyr-otel-bridge';
import { readLabels } from './read-labels.ts';

/** One sample of an endpoint, as it stands there. */
export interface Sample {
  readonly name: string;
  /** Without a point or an exponent a whole number, otherwise a Float; NaN and the infinities as such. */
  readonly value: number | bigint | Float;
  readonly labels: Readonly<Record<string, string>>;
  /** Milliseconds since the Unix epoch, where the endpoint says when the value was measured. */
  readonly timestampMs?: number;
}

/** A line that is no sample. */
export interface BadLine {
  /** Counts from 1. */
  readonly line: number;
  readonly reason: string;
}

export type ExpositionItem = ({ readonly kind: 'sample' } & Sample) | ({ readonly kind: 'bad' } & BadLine);

/** Format of the text: they differ in the unit of timestamps. */
export type ExpositionFormat = 'prometheus' | 'openmetrics';

/**
 * The samples of a text in Prometheus' exposition format 0.0.4 or in OpenMetrics 1.0, in their order. Exemplars are left
 * out. A line that cannot be read is told and does not keep the others from being read.
 */
export function* parseExposition(text: string, format: ExpositionFormat): Generator<ExpositionItem> {
  let line = 0;
  for (const raw of text.split('\n')) {
    line += 1;
    const content = raw.trim();
    if (content === '' || content.startsWith('#')) continue;
    const outcome = parseSample(content, format);
    yield typeof outcome === 'string'
      ? { kind: 'bad', line, reason: outcome }
      : { kind: 'sample', ...outcome };
  }
}

const NAME = /[a-zA-Z_:][\w:]*/y;

/** What stands behind name and labels; an exemplar may follow. */
const VALUE = /^\s+(\S+)(?:\s+([^\s#]\S*))?\s*(?:#\s.*)?$/s;

/** A sample, or why it is none. */
function parseSample(content: string, format: ExpositionFormat): Sample | string {
  NAME.lastIndex = 0;
  const bareName = NAME.exec(content)?.[0];
  const afterName = content.slice(bareName?.length ?? 0);
  const isLabelled = afterName.trimStart().startsWith('{');
  const read = isLabelled
    ? readLabels(afterName.trimStart())
    : { name: undefined, labels: {}, rest: afterName };
  if (typeof read === 'string') return read;
  const name = bareName ?? read.name;
  if (name === undefined) return 'the name of the metric is missing';
  return readValue(isLabelled ? ` ${read.rest}` : read.rest, { name, labels: read.labels, format });
}

function readValue(
  rest: string,
  { name, labels, format }: Pick<Sample, 'name' | 'labels'> & { readonly format: ExpositionFormat },
): Sample | string {
  const [, valueText, timestampText] = VALUE.exec(rest) ?? [];
  if (valueText === undefined) return `the value of "${name}" is missing, or too much follows it`;
  const value = readNumber(valueText);
  if (value === undefined) return `the value "${valueText}" of "${name}" is no number`;
  if (timestampText === undefined) return { name, labels, value };
  const timestamp = DECIMAL.test(timestampText) ? Number(timestampText) : Number.NaN;
  if (Number.isNaN(timestamp)) return `the timestamp "${timestampText}" of "${name}" is no number`;
  return {
    name,
    labels,
    value,
    timestampMs: Math.round(format === 'openmetrics' ? timestamp * 1000 : timestamp),
  };
}

const INTEGER = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

function readNumber(text: string): number | bigint | Float | undefined {
  if (INTEGER.test(text)) {
    const number = Number(text);
    return Number.isSafeInteger(number) ? number : BigInt(text.replace('+', ''));
  }
  if (DECIMAL.test(text)) return new Float(Number(text));
  if (/^nan$/i.test(text)) return Number.NaN;
  const [, sign] = /^([+-]?)inf(?:inity)?$/i.exec(text) ?? [];
  if (sign === undefined) return undefined;
  return sign === '-' ? -Infinity : Infinity;
}
