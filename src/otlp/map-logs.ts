import type { ProtobufLogsSerializer } from '@opentelemetry/otlp-transformer';
import type { ParsedLine } from '../metric-line/parsed-line.ts';
import { toAttributes } from './attributes.ts';
import type { LineAttributes } from './attributes.ts';
import { toHrTime } from './hr-time.ts';
import type { HrTime } from './hr-time.ts';
import type { MappingOptions } from './mapping-options.ts';
import { wellFormed } from './well-formed.ts';

/** The SDK's log record, by way of the serializer that takes it. */
export type LogRecord = Parameters<typeof ProtobufLogsSerializer.serializeRequest>[0][number];

interface LogContent {
  readonly body: string;
  readonly time: HrTime;
  readonly attributes: LineAttributes;
  /** The metric's name; free text has none. */
  readonly eventName?: string;
}

/**
 * One log record for each line. A text value becomes an event named as the metric, with the text as body; free text a
 * record with that body. A string is a line that could not be taken apart: it is the body as it stands, without a time
 * of its own, `observedMs` being when it was seen. A severity is never set, because the lines have none.
 */
export function mapLogs(
  lines: readonly (ParsedLine | string)[],
  options: MappingOptions,
  observedMs: number,
): LogRecord[] {
  const scopes = new Map<string, { readonly name: string }>();
  const observed = toHrTime(observedMs);
  return lines.map((line) => {
    const { time, ...content } = contentOf(line, options);
    return {
      ...content,
      hrTime: time,
      hrTimeObserved: typeof line === 'string' ? observed : time,
      resource: options.resource,
      instrumentationScope: scopeOf(line, scopes),
      droppedAttributesCount: 0,
    };
  });
}

function contentOf(line: ParsedLine | string, options: MappingOptions): LogContent {
  if (typeof line === 'string') return { body: wellFormed(line), time: [0, 0], attributes: {} };
  const { metric, timeMs, id } = line;
  const attributes = toAttributes(metric?.fields ?? [], id, options.dropAttributes);
  const time = toHrTime(timeMs);
  if (metric === undefined) return { body: wellFormed(line.text), time, attributes };
  return { body: wellFormed(metric.value.text), time, attributes, eventName: metric.name };
}

/** The serializers group records by the identity of their scope. */
function scopeOf(
  line: ParsedLine | string,
  scopes: Map<string, { readonly name: string }>,
): { name: string } {
  const name = typeof line === 'string' ? '' : line.monitor;
  let scope = scopes.get(name);
  if (scope === undefined) scopes.set(name, (scope = { name }));
  return scope;
}
