import type { Signal } from '../../../../src/metric-line/line-block.ts';
import type { DeliverySettings } from '../../../../src/otlp/delivery-lanes.ts';
import type { SpoolState } from '../../../../src/otlp/lane-spool.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { backendSettings } from './lane-fixture.ts';

/** Delivery of two spools to the backend `main`, which waits an hour for a batch to become full. */
export function deliverySettings(
  spools: Record<Signal, SpoolState>,
  overrides: Partial<DeliverySettings> = {},
): DeliverySettings {
  return {
    backends: [backendSettings()],
    otel: { exportIntervalMs: 3_600_000, text: 'logs', cumulative: 'gauge', dropAttributes: [] },
    resourceAttributes: { 'service.name': 'test' },
    spools,
    definitions: new Map(),
    deadLetterFolder: temporaryFolder(),
    userAgent: 'test/1',
    ...overrides,
  };
}
