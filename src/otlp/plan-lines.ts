import type { BackendSettings, TextMode } from '../config/configuration.ts';
import type { Batch } from './batch.ts';
import { destinationOf } from './destination.ts';
import type { DestinationOptions } from './destination.ts';
import type { RequestOptions } from './export-request.ts';
import type { MappingOptions } from './mapping-options.ts';
import { parse, Piece } from './piece.ts';

/** What the requests for one backend look like. */
export interface PlanOptions extends MappingOptions {
  readonly backend: Pick<BackendSettings, 'signals' | 'protocol' | 'compression'>;
  readonly text: TextMode;
  readonly now: () => number;
}

/** Makes requests of batches. */
export class LinePlanner {
  readonly #requests: RequestOptions;
  readonly #destination: DestinationOptions;

  constructor(options: PlanOptions) {
    this.#requests = { ...options, format: options.backend };
    this.#destination = { signals: options.backend.signals, text: options.text };
  }

  /** What of `batch` is to be sent, metrics first. Lines that go nowhere are settled. */
  plan(batch: Batch): Piece[] {
    const metrics = new Piece('metrics', this.#requests);
    const logs = new Piece('logs', this.#requests);
    let index = 0;
    for (const text of batch.lines) {
      const line = parse(text);
      const destination = destinationOf(line, this.#destination);
      if (destination === 'metrics') metrics.add(index, text, line);
      else if (destination === 'logs') logs.add(index, text, line);
      else batch.settle(index, destination);
      index++;
    }
    return [metrics, logs].filter((piece) => piece.length > 0);
  }
}
