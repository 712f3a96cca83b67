import { parseLine } from '../../../src/metric-line/parse-line.ts';
import type { LineValue } from '../../../src/metric-line/parsed-line.ts';
import type { Attributes, ReceivedLog, ReceivedPoint } from '../../../src/receiver/received.ts';

/*
 * An emitted value as a text that is the same wherever it was seen, with its time, monitor, name, value and attributes:
 *
 *     2014-07-29T20:22:06.789Z random_coin(1) uniform 0.98 {count=1n}
 */

/** A record of a metric log as a backend has to get it; throws when it is none. */
export function valueInRecord(record: string): string {
  const line = parseLine(record);
  if (line === undefined) throw new Error(`This is no record of a metric log: "${record}"`);
  const { timeMs, monitor, id, metric } = line;
  const attributes = Object.fromEntries(
    (metric?.fields ?? []).map((field) => [field.name, attribute(field)]),
  );
  const value = metric === undefined ? line.text : textOf(metric.value);
  return seen({ timeMs, scope: `${monitor}(${id})`, name: metric?.name ?? '', value, attributes });
}

export function valueInPoint(point: ReceivedPoint): string {
  const { timeUnixNano, name, value, attributes } = point;
  return seen({
    timeMs: toMs(timeUnixNano),
    ...origin(point),
    name,
    value: String(value),
    attributes: own(attributes),
  });
}

export function valueInLog(log: ReceivedLog): string {
  const { timeUnixNano, eventName: name, body, attributes } = log;
  return seen({
    timeMs: toMs(timeUnixNano),
    ...origin(log),
    name,
    value: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: own(attributes),
  });
}

interface Seen {
  readonly timeMs: number;
  readonly scope: string;
  readonly name: string;
  readonly value: string;
  readonly attributes: Attributes;
}

function seen({ timeMs, scope, name, value, attributes }: Seen): string {
  const members = Object.entries(attributes).map(
    ([key, member]) => `${key}=${typeof member === 'bigint' ? `${member}n` : JSON.stringify(member)}`,
  );
  return `${new Date(timeMs).toISOString()} ${scope} ${name} ${value} {${members.sort().join(', ')}}`;
}

function textOf({ kind, text }: LineValue): string {
  if (kind === 'bool') return text === 'true' ? '1' : '0';
  return kind === 'int' || kind === 'float' ? String(Number(text)) : text;
}

function attribute({ kind, text }: LineValue): string | boolean | bigint {
  if (kind === 'bool') return text === 'true';
  return kind === 'int' && Number.isSafeInteger(Number(text)) ? BigInt(text) : text;
}

const MONITOR_ID = 'scalyr.monitor.id';

function origin({ scope, attributes }: ReceivedPoint | ReceivedLog): { readonly scope: string } {
  const id = attributes[MONITOR_ID] ?? '';
  return { scope: `${scope}(${typeof id === 'string' ? id : JSON.stringify(id)})` };
}

function own(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => key !== MONITOR_ID));
}

/** Throws when the time is no whole number of milliseconds: a line has no other. */
function toMs(nanoseconds: bigint): number {
  if (nanoseconds % 1_000_000n !== 0n)
    throw new Error(`${nanoseconds} ns is no whole number of milliseconds`);
  return Number(nanoseconds / 1_000_000n);
}
