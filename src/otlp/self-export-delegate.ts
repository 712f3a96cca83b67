import type { IOtlpExportDelegate } from '@opentelemetry/otlp-exporter-base';
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { BodyFormat } from './encode-request.ts';
import { encodeMetrics } from './encode-request.ts';
import type { Transport } from './transport.ts';

type ResultCallback = Parameters<IOtlpExportDelegate<ResourceMetrics>['export']>[1];

/** Codes of an ExportResult, as the SDK's core package has them. */
const SUCCESS = 0;
const FAILED = 1;

/** What a {@link SelfExportDelegate} works with. */
export interface SelfExportOptions {
  readonly transport: Transport;
  readonly format: BodyFormat;
  /** Ends a request that is under way. */
  readonly stopped: AbortSignal;
  readonly onFailure: (reason: string) => void;
}

/**
 * Lets the official exporter send over our transport: the same connection rules, headers, TLS and deadline as for the
 * lines, and protobuf or JSON as the backend wants it. What cannot be sent is not tried again; the next export says the
 * same numbers anew.
 */
export class SelfExportDelegate implements IOtlpExportDelegate<ResourceMetrics> {
  readonly #options: SelfExportOptions;
  #underWay: Promise<void> = Promise.resolve();

  constructor(options: SelfExportOptions) {
    this.#options = options;
  }

  export(metrics: ResourceMetrics, callback: ResultCallback): void {
    this.#underWay = this.#exportTo(callback, metrics);
  }

  forceFlush(): Promise<void> {
    return this.#underWay;
  }

  async shutdown(): Promise<void> {
    await this.#underWay;
    this.#options.transport.close();
  }

  /** The exporter's metrics about itself: the ledger knows better. */
  setMetrics(): void {}

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
