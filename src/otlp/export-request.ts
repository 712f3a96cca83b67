import type { Signal } from '../metric-line/line-block.ts';
import type { ParsedLine } from '../metric-line/parsed-line.ts';
import { encodeLogs, encodeMetrics } from './encode-request.ts';
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

class MetricsRequest implements ExportRequest {
  readonly #metrics: MetricsBuilder;
  readonly #format: BodyFormat;

  constructor(options: RequestOptions) {
    this.#metrics = new MetricsBuilder(options);
    this.#format = options.format;
  }

  add(text: string, line: ParsedLine | undefined): void {
    if (line?.metric === undefined) throw new TypeError(`no value in the line "${text}"`);
    this.#metrics.add(line);
  }

  encode(): Promise<EncodedRequest> {
    return encodeMetrics(this.#metrics.build(), this.#format);
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
