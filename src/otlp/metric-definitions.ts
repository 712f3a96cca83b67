import type { MetricMetadata } from './delivery-contract.ts';
import { toUcum } from './unit.ts';

/** What define_metric said about a metric, in OpenTelemetry's words. */
export interface MetricDefinition {
  readonly description: string;
  /** UCUM; empty when there is none. */
  readonly unit: string;
  readonly cumulative: boolean;
}

const UNDEFINED: MetricDefinition = { description: '', unit: '', cumulative: false };

/** Units and descriptions by monitor (the line's part before the brackets) and metric name. */
export class MetricDefinitions {
  readonly #monitors = new Map<string, ReadonlyMap<string, MetricDefinition>>();

  /** Replaces what was known of this monitor. */
  define(monitor: string, metrics: readonly MetricMetadata[]): void {
    this.#monitors.set(
      monitor,
      new Map(
        metrics.map(({ name, description, unit, cumulative }) => [
          name,
          { description, unit: toUcum(unit), cumulative },
        ]),
      ),
    );
  }

  of(monitor: string, metric: string): MetricDefinition {
    return this.#monitors.get(monitor)?.get(metric) ?? UNDEFINED;
  }
}
