import { encodeValue } from './encode-value.ts';
import { compareCodePoints, legalName } from './metric-name.ts';
import type { ExtraFields, MetricValue } from './metric-value.ts';
import { formatTimestamp } from './format-timestamp.ts';
import { UnsupportedValueType } from './unsupported-value-type.ts';

/** One emitted value. */
export interface Sample {
  /** Milliseconds since the Unix epoch. */
  readonly timeMs: number;
  /** Last part of the monitor's module: what stands before the brackets. */
  readonly monitor: string;
  /** What stands in the brackets; may be empty. */
  readonly id: string;
  readonly name: string;
  readonly value: MetricValue;
  readonly fields?: ExtraFields | undefined;
}

/** Told of each name that had to be changed to be legal. */
export type NameFixed = (kind: 'metric' | 'field', given: string, written: string) => void;

/**
 * The metric line of a sample, with its final `\n`: `2014-07-29 20:22:06.789Z [random_coin(1)] uniform 0.98 count=1`.
 * Extra fields are in the order of their given names' code points. Throws UnsupportedValueType, or RangeError for a time
 * that has no four-digit year.
 */
export function formatLine(sample: Sample, onNameFixed?: NameFixed): string {
  const given: unknown = sample.name;
  if (typeof given !== 'string') throw UnsupportedValueType.ofName(given);
  const name = legalName(given);
  const value = encodeValue(sample.value);
  if (value === undefined) throw UnsupportedValueType.ofValue('metric', name, sample.value);
  if (name !== given) onNameFixed?.('metric', given, name);
  const fields = sample.fields === undefined ? '' : formatFields(sample.fields, onNameFixed);
  return `${formatTimestamp(sample.timeMs)} [${sample.monitor}(${sample.id})] ${name} ${value}${fields}\n`;
}

/** Extra fields as they stand in a line, each with a space before it. */
export function formatFields(fields: ExtraFields, onNameFixed?: NameFixed): string {
  const names = Object.keys(fields);
  if (!isAscending(names)) names.sort(compareCodePoints);
  let text = '';
  for (const given of names) {
    const name = legalName(given);
    const value = encodeValue(fields[given]);
    if (value === undefined) throw UnsupportedValueType.ofValue('field', name, fields[given]);
    if (name !== given) onNameFixed?.('field', given, name);
    text += ` ${name}=${value}`;
  }
  return text;
}

/** Plugins mostly write their fields in order, or only one. */
function isAscending(names: readonly string[]): boolean {
  let previous: string | undefined;
  for (const name of names) {
    if (previous !== undefined && compareCodePoints(previous, name) > 0) return false;
    previous = name;
  }
  return true;
}

/** The line of a text that a monitor writes to its metric log as it is; `\n` is appended, line breaks inside stay. */
export function formatTextLine(line: Pick<Sample, 'timeMs' | 'monitor' | 'id'>, text: string): string {
  return `${formatTimestamp(line.timeMs)} [${line.monitor}(${line.id})] ${text}\n`;
}
