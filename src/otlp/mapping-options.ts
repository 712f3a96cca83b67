import type { Resource } from '@opentelemetry/resources';
import type { MetricDefinitions } from './metric-definitions.ts';

/** What the mapping of lines needs besides the lines. */
export interface MappingOptions {
  readonly resource: Resource;
  readonly definitions: MetricDefinitions;
  /** `sum`: metrics declared cumulative become monotonic sums. */
  readonly cumulative: 'gauge' | 'sum';
  /** Extra fields that never become attributes. */
  readonly dropAttributes: ReadonlySet<string>;
}
