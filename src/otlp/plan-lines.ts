import type { BackendSettings, TextMode } from '../config/configuration.ts';
import { parseLine } from '../metric-line/parse-line.ts';
import type { MetricLine, ParsedLine } from '../metric-line/parsed-line.ts';
import type { Batch } from './batch.ts';
import { destinationOf } from './destination.ts';
import type { DestinationOptions } from './destination.ts';
import { encodeLogs, encodeMetrics } from './encode-request.ts';
import { mapLogs } from './map-logs.ts';
import { mapMetrics } from './map-metrics.ts';
import type { MappingOptions } from './mapping-options.ts';
import { makePiece } from './piece.ts';
import type { Piece } from './piece.ts';
import type { EncodedRequest } from './transport.ts';

/** What the requests for one backend look like. */
export interface PlanOptions extends MappingOptions {
  readonly backend: Pick<BackendSettings, 'signals' | 'protocol' | 'compression'>;
  readonly text: TextMode;
  readonly now: () => number;
}

/** Makes requests of batches. */
export class LinePlanner {
  readonly #options: PlanOptions;
  readonly #destination: DestinationOptions;

  constructor(options: PlanOptions) {
    this.#options = options;
    this.#destination = { signals: options.backend.signals, text: options.text };
  }

  /** What of `batch` is to be sent, metrics first. Lines that go nowhere are settled. */
  plan(batch: Batch): Piece[] {
    const metrics = { indexes: [] as number[], lines: [] as MetricLine[] };
    const logs = { indexes: [] as number[], lines: [] as (ParsedLine | string)[] };
    for (let index = 0; index < batch.lines.length; index++) {
      const text = batch.lines[index] ?? '';
      const line = parse(text);
      const destination = destinationOf(line, this.#destination);
      if (destination === 'metrics' && line?.metric !== undefined) {
        metrics.indexes.push(index);
        metrics.lines.push(line);
      } else if (destination === 'logs') {
        logs.indexes.push(index);
        logs.lines.push(line ?? text);
      } else if (destination !== 'metrics') {
        batch.settle(index, destination);
      }
    }
    const pieces = [
      makePiece({ signal: 'metrics', ...metrics, encode: this.#encodeMetrics }),
      makePiece({ signal: 'logs', ...logs, encode: this.#encodeLogs }),
    ];
    return pieces.filter((piece) => piece.indexes.length > 0);
  }

  readonly #encodeMetrics = async (lines: readonly MetricLine[]): Promise<EncodedRequest> =>
    encodeMetrics(mapMetrics(lines, this.#options), this.#options.backend);

  readonly #encodeLogs = async (lines: readonly (ParsedLine | string)[]): Promise<EncodedRequest> =>
    encodeLogs(mapLogs(lines, this.#options, this.#options.now()), this.#options.backend);
}

/** A line that the parser stumbles over is text like any other: a mistake there must not hold up the rest. */
function parse(line: string): ParsedLine | undefined {
  try {
    return parseLine(line);
  } catch {
    return undefined;
  }
}
