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
 * record with that body. A severity is never set, because the lines have none.
 */
export class LogsBuilder {
  readonly #options: MappingOptions;
  readonly #observed: HrTime;
  /** The serializers group records by the identity of their scope. */
  readonly #scopes = new Map<string, { readonly name: string }>();
  readonly #records: LogRecord[] = [];

  /** `observedMs`: when the lines were seen, for those without a time of their own. */
  constructor(options: MappingOptions, observedMs: number) {
    this.#options = options;
    this.#observed = toHrTime(observedMs);
  }

  /**
   * A string is a line that could not be taken apart: it is the body as it stands. Throws when the line has a time that
   * OTLP cannot express.
   */
  add(line: ParsedLine | string): void {
    const { time, ...content } = contentOf(line, this.#options);
    this.#records.push({
      ...content,
      hrTime: time,
      hrTimeObserved: typeof line === 'string' ? this.#observed : time,
      resource: this.#options.resource,
      instrumentationScope: this.#scope(typeof line === 'string' ? '' : line.monitor),
      droppedAttributesCount: 0,
    });
  }

  build(): LogRecord[] {
    return this.#records;
  }

  #scope(name: string): { readonly name: string } {
    let scope = this.#scopes.get(name);
    if (scope === undefined) this.#scopes.set(name, (scope = { name }));
    return scope;
  }
}

function contentOf(line: ParsedLine | string, options: MappingOptions): LogContent {
  if (typeof line === 'string') return { body: wellFormed(line), time: [0, 0], attributes: {} };
  const { metric, timeMs, id } = line;
  const attributes = toAttributes(metric?.fields ?? [], id, options.dropAttributes);
  const time = toHrTime(timeMs);
  if (metric === undefined) return { body: wellFormed(line.text), time, attributes };
  return { body: wellFormed(metric.value.text), time, attributes, eventName: metric.name };
}
