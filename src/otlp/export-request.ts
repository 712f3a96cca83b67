import type { Signal } from '../metric-line/line-block.ts';
import type { ParsedLine } from '../metric-line/parsed-line.ts';
import { encodeLogs, serializeMetrics, toRequest } from './encode-request.ts';
import type { BodyFormat } from './encode-request.ts';
import { LogsBuilder } from './map-logs.ts';
import { MetricsBuilder } from './map-metrics.ts';
import type { MappingOptions } from './mapping-options.ts';
import type { EncodedRequest } from './transport.ts';

/** A request that grows line by line, in the words of lines. */
export interface ExportRequest {
  /** Maps a line: its text and what the parser made of it. Throws when it cannot be expressed in OTLP. */
  add(text: string, line: ParsedLine | undefined): void;
  encode(): Promise<EncodedRequest>;
}

/** What requests are made with. */
export interface RequestOptions extends MappingOptions {
  readonly format: BodyFormat;
  readonly now: () => number;
}

/** An empty request of a signal. */
export function newExportRequest(signal: Signal, options: RequestOptions): ExportRequest {
  return signal === 'metrics' ? new MetricsRequest(options) : new LogsRequest(options);
}

/** Points of a protobuf request that are kept as objects; the earlier ones are bytes already. */
const PART_POINTS = 1000;

/**
 * A protobuf request is written in parts, because objects that live until a large request is full cost most of the memory
 * of delivery. Protobuf messages one after the other are one message with the resource metrics of all of them.
 */
class MetricsRequest implements ExportRequest {
  readonly #options: RequestOptions;
  readonly #parts: Uint8Array[] = [];
  readonly #partPoints: number;
  #metrics: MetricsBuilder;
  #points = 0;

  constructor(options: RequestOptions) {
    this.#options = options;
    this.#partPoints = options.format.protocol === 'http/json' ? Infinity : PART_POINTS;
    this.#metrics = new MetricsBuilder(options);
  }

  add(text: string, line: ParsedLine | undefined): void {
    if (line?.metric === undefined) throw new TypeError(`no value in the line "${text}"`);
    this.#metrics.add(line);
    this.#points += 1;
    if (this.#points >= this.#partPoints) this.#endPart();
  }

  async encode(): Promise<EncodedRequest> {
    if (this.#points > 0 || this.#parts.length === 0) this.#endPart();
    const [only, ...others] = this.#parts;
    const body = only === undefined || others.length > 0 ? Buffer.concat(this.#parts) : only;
    return toRequest('metrics', body, this.#options.format);
  }

  #endPart(): void {
    this.#parts.push(serializeMetrics(this.#metrics.build(), this.#options.format));
    this.#metrics = new MetricsBuilder(this.#options);
    this.#points = 0;
  }
}

class LogsRequest implements ExportRequest {
  readonly #logs: LogsBuilder;
  readonly #format: BodyFormat;

  constructor(options: RequestOptions) {
    this.#logs = new LogsBuilder(options, options.now());
    this.#format = options.format;
  }

  add(text: string, line: ParsedLine | undefined): void {
    this.#logs.add(line ?? text);
  }

  encode(): Promise<EncodedRequest> {
    return encodeLogs(this.#logs.build(), this.#format);
  }
}
