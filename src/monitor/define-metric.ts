import type { MetricDefinition } from './monitor-description.ts';

/** A metric as a plugin declares it. */
export interface DeclaredMetric extends MetricDefinition {
  /** Name and meaning of the extra fields. */
  readonly extraFields?: Readonly<Record<string, string>>;
  /** Heading under which documentation lists the metric. */
  readonly category?: string;
}

/**
 * Declares a metric that a monitor emits. Its unit and description go to the OTLP backends; `cumulative` says that the
 * value only grows until the monitored thing restarts.
 *
 *     defineMetric({ name: 'disk.read', description: 'Bytes read.', unit: 'bytes', cumulative: true })
 */
export function defineMetric(
  metric: Omit<DeclaredMetric, 'cumulative'> & { readonly cumulative?: boolean },
): DeclaredMetric {
  return { ...metric, cumulative: metric.cumulative ?? false };
}
