import type { Clock } from '../clock/clock.ts';
import type { Configuration, MonitorEntry } from '../config/configuration.ts';
import { createHost } from '../host/create-host.ts';
import { findPlugin } from '../host/find-plugin.ts';
import type { Environment } from '../host/guest-environment.ts';
import type { HostListener, MonitorHost } from '../host/monitor-host.ts';
import { preparePlugin } from '../host/prepare-plugin.ts';

/** What hosts are made with, whichever command makes them. */
export interface MonitorHostOptions {
  readonly global: Pick<
    Configuration['global'],
    'sampleIntervalSecs' | 'modulePaths' | 'calculateRateMetricNames' | 'debugLevel' | 'secretVariables'
  >;
  readonly isolation: Configuration['otel']['isolation'];
  readonly environment: Environment;
  /** Folder for the bundles of plugins. */
  readonly cacheFolder: string;
  readonly clock: Clock;
}

export type MonitorHostOutcome =
  | { readonly kind: 'created'; readonly host: MonitorHost }
  /** There is no such plugin, or it is no valid program. */
  | { readonly kind: 'bad-configuration'; readonly message: string };

/** Finds the plugin of a monitor, makes it importable, and makes the host it will live in. */
export async function createMonitorHost(
  entry: MonitorEntry,
  listener: HostListener,
  options: MonitorHostOptions,
): Promise<MonitorHostOutcome> {
  const { global, isolation, environment, cacheFolder, clock } = options;
  const found = await findPlugin(entry.module, { modulePaths: global.modulePaths });
  if (found.kind !== 'found') return { kind: 'bad-configuration', message: found.message };
  const plugin = await preparePlugin(found.file, { cacheFolder });
  if (plugin.kind === 'invalid') return { kind: 'bad-configuration', message: plugin.message };
  const host = createHost({
    isolation: entry.isolation,
    monitor: entry.name,
    environment,
    secretNames: global.secretVariables,
    listener,
    clock,
    pluginUrl: plugin.url,
    module: entry.module,
    id: entry.id,
    config: entry.config,
    defaultSampleIntervalSecs: global.sampleIntervalSecs,
    globalRateMetricNames: global.calculateRateMetricNames,
    debugLevel: global.debugLevel,
    memoryLimitBytes: isolation.memoryLimitBytes,
  });
  return { kind: 'created', host };
}
