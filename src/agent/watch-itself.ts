import type { Clock } from '../clock/clock.ts';
import type { Configuration } from '../config/configuration.ts';
import type { Logger } from '../log/logger.ts';
import { toResourceAttributes } from '../otlp/resource-attributes.ts';
import type { SelfMetrics } from '../otlp/self-metrics.ts';
import type { MonitorStatus } from '../scheduler/monitor-status.ts';
import type { StatusSnapshot } from '../status/status-snapshot.ts';

export interface WatchOptions {
  readonly configuration: Configuration;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly userAgent: string;
  readonly status: () => StatusSnapshot;
}

/** Sends metrics about the collector itself where the configuration asks for them. */
export async function watchItself(options: WatchOptions): Promise<SelfMetrics | undefined> {
  const { configuration, status } = options;
  const { backends, selfMetrics } = configuration.otel;
  if (!selfMetrics.enabled || backends.length === 0) return undefined;
  // The SDK costs memory, which only those who want these metrics shall pay.
  const { startSelfMetrics } = await import('../otlp/self-metrics.ts');
  return startSelfMetrics({
    ...options,
    backends,
    resourceAttributes: toResourceAttributes(configuration),
    intervalMs: selfMetrics.intervalMs,
    snapshot: () => {
      const { ledger, spoolBytes, monitors } = status();
      return { ledger, spoolBytes, monitors: monitors.map(health) };
    },
  });
}

function health({ name, state, lastGatherDurationMs }: MonitorStatus) {
  const isUp = state.kind === 'running' || state.kind === 'gathering-overdue';
  return { name, isUp, lastGatherMs: lastGatherDurationMs };
}
