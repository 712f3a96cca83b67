import { AggregationTemporality } from '@opentelemetry/sdk-metrics';
import type { PushMetricExporter, ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { BodyFormat } from './encode-request.ts';
import { encodeMetrics } from './encode-request.ts';
import type { Transport } from './transport.ts';

type ResultCallback = Parameters<PushMetricExporter['export']>[1];

/** Codes of an ExportResult, as the SDK's core package has them. */
const SUCCESS = 0;
const FAILED = 1;

/** What a {@link SelfExporter} works with. */
export interface SelfExporterOptions {
  readonly transport: Transport;
  readonly format: BodyFormat;
  /** Ends a request that is under way. */
  readonly stopped: AbortSignal;
  readonly onFailure: (reason: string) => void;
}

/**
 * The SDK's exporter over our transport: the same connection rules, headers, TLS and deadline as for the lines. What
 * cannot be sent is not tried again; the next export says the same numbers anew.
 */
export class SelfExporter implements PushMetricExporter {
  readonly #options: SelfExporterOptions;
  #underWay: Promise<void> = Promise.resolve();

  constructor(options: SelfExporterOptions) {
    this.#options = options;
  }

  export(metrics: ResourceMetrics, callback: ResultCallback): void {
    this.#underWay = this.#exportTo(callback, metrics);
  }

  selectAggregationTemporality(): AggregationTemporality {
    return AggregationTemporality.CUMULATIVE;
  }

  forceFlush(): Promise<void> {
    return this.#underWay;
  }

  async shutdown(): Promise<void> {
    await this.#underWay;
    this.#options.transport.close();
  }

  async #exportTo(callback: ResultCallback, metrics: ResourceMetrics): Promise<void> {
    const failure = await this.#send(metrics);
    if (failure === undefined) {
      callback({ code: SUCCESS });
    } else {
      this.#options.onFailure(failure.message);
      callback({ code: FAILED, error: failure });
    }
  }

  /** Returns why it did not work. */
  async #send(metrics: ResourceMetrics): Promise<Error | undefined> {
    const { transport, format, stopped } = this.#options;
    try {
      const outcome = await transport.send(await encodeMetrics(metrics, format), stopped);
      return outcome.kind === 'accepted' ? undefined : new Error(outcome.reason);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }
}
