import { formatAttributes, formatDouble } from './format-attributes.ts';
import { formatTime } from './format-time.ts';
import { printable } from './printable.ts';
import type { ReceivedPoint } from './received.ts';

/**
 * One readable line: `2014-07-29 20:22:06.789Z random_coin uniform 0.98 {count: 1, scalyr.monitor.id: "1"}`. Anything
 * but a gauge says what it is: `requests 7.0 (cumulative monotonic sum) {}`. The resource is not part of it.
 */
export function formatPoint(point: ReceivedPoint): string {
  return [
    formatTime(point.timeUnixNano),
    printable(point.scope),
    printable(point.name),
    formatValue(point.value),
    printable(point.unit),
    describeKind(point),
    formatAttributes(point.attributes),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function formatValue(value: ReceivedPoint['value']): string {
  if (value === null) return 'no value';
  return typeof value === 'bigint' ? String(value) : formatDouble(value);
}

function describeKind(point: ReceivedPoint): string {
  if (point.kind === 'gauge') return '';
  const kind = point.kind.replace('_', ' ');
  return `(${[point.temporality, point.monotonic === true ? 'monotonic' : undefined, kind].filter(Boolean).join(' ')})`;
}
