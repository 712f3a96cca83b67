import type { Clock } from '../clock/clock.ts';
import type { Configuration, MonitorEntry } from '../config/configuration.ts';
import { createHost } from '../host/create-host.ts';
import { findPlugin, type PluginLookup } from '../host/plugin/find-plugin.ts';
import type { Environment } from '../host/guest-environment.ts';
import type { HostListener, MonitorHost } from '../host/monitor-host.ts';
import { preparePlugin } from '../host/plugin/prepare-plugin.ts';
import { createPythonHost } from '../host/python/create-python-host.ts';
import { agentSettings } from './agent-settings.ts';
import { moduleOf } from './crowded-modules.ts';

/** What hosts are made with, whichever command makes them. */
export interface MonitorHostOptions {
  readonly configuration: Configuration;
  readonly global: Pick<
    Configuration['global'],
    'sampleIntervalSecs' | 'modulePaths' | 'calculateRateMetricNames' | 'debugLevel' | 'secretVariables'
  >;
  readonly isolation: Configuration['otel']['isolation'];
  readonly environment: Environment;
  /** Folder for the bundles of plugins. */
  readonly cacheFolder: string;
  readonly clock: Clock;
  /** Modules whose TypeScript instances share threads unless they say otherwise. */
  readonly crowded?: ReadonlySet<string>;
}

export type MonitorHostOutcome =
  | { readonly kind: 'created'; readonly host: MonitorHost }
  /** There is no such plugin, it is no valid program, or there is nothing to run it. */
  | { readonly kind: 'bad-configuration'; readonly message: string };

type Found = Extract<PluginLookup, { readonly kind: 'found' }>;

/** Finds the plugin of a monitor, makes it importable, and makes the host it will live in. */
export async function createMonitorHost(
  entry: MonitorEntry,
  listener: HostListener,
  options: MonitorHostOptions,
): Promise<MonitorHostOutcome> {
  const { global, configuration } = options;
  const found = await findPlugin(entry.module, {
    modulePaths: global.modulePaths,
    runtime: entry.runtime,
    hasInstalledAgent: configuration.otel.python.scalyrAgentPath !== undefined,
  });
  if (found.kind !== 'found') return { kind: 'bad-configuration', message: found.message };
  return found.runtime === 'python'
    ? createForPython(entry, found, { listener, ...options })
    : createForTypeScript(entry, found.file, { listener, ...options });
}

interface HostParts extends MonitorHostOptions {
  readonly listener: HostListener;
}

async function createForTypeScript(
  entry: MonitorEntry,
  file: string,
  parts: HostParts,
): Promise<MonitorHostOutcome> {
  const { isolation = parts.crowded?.has(moduleOf(entry)) === true ? 'shared' : 'thread' } = entry;
  const plugin = await preparePlugin(file, { cacheFolder: parts.cacheFolder });
  if (plugin.kind === 'invalid') return { kind: 'bad-configuration', message: plugin.message };
  return { kind: 'created', host: createHost({ ...common(entry, parts), isolation, pluginUrl: plugin.url }) };
}

function createForPython(
  entry: MonitorEntry,
  { file, folder }: Extract<Found, { readonly runtime: 'python' }>,
  parts: HostParts,
): Promise<MonitorHostOutcome> {
  const { isolation = 'process' } = entry;
  const { configuration, global } = parts;
  if (isolation === 'thread') return Promise.resolve(misplaced(entry));
  return createPythonHost({
    ...common(entry, parts),
    isolation,
    file,
    searchPath: [...new Set([...(folder === undefined ? [] : [folder]), ...global.modulePaths])],
    python: { ...configuration.otel.python, user: parts.isolation.user },
    globalConfig: agentSettings(configuration),
  });
}

/** What hosts of either kind are made with. */
function common(entry: MonitorEntry, { listener, ...options }: HostParts) {
  const { global, isolation, environment, clock } = options;
  return {
    monitor: entry.name,
    environment,
    secretNames: global.secretVariables,
    listener,
    clock,
    module: entry.module,
    id: entry.id,
    config: entry.config,
    defaultSampleIntervalSecs: global.sampleIntervalSecs,
    globalRateMetricNames: global.calculateRateMetricNames,
    debugLevel: global.debugLevel,
    memoryLimitBytes: isolation.memoryLimitBytes,
  };
}

function misplaced(entry: MonitorEntry): MonitorHostOutcome {
  const message = `Cannot run "${entry.name}" with isolation "thread": it is written in Python, wanted process or shared`;
  return { kind: 'bad-configuration', message };
}
