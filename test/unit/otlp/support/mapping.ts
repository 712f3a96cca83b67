import type { MappingOptions } from '../../../../src/otlp/mapping-options.ts';
import { MetricDefinitions } from '../../../../src/otlp/metric-definitions.ts';
import { toResource } from '../../../../src/otlp/resource.ts';

/** Mapping with nothing special, and what `overrides` says. */
export function mappingOptions(overrides: Partial<MappingOptions> = {}): MappingOptions {
  return {
    resource: toResource({ 'service.name': 'test' }),
    definitions: new MetricDefinitions(),
    cumulative: 'gauge',
    dropAttributes: new Set(),
    ...overrides,
  };
}
