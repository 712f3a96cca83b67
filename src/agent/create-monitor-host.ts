import type { Clock } from '../clock/clock.ts';
import type { Configuration, MonitorEntry } from '../config/configuration.ts';
import { createHost } from '../host/create-host.ts';
import { findPlugin, type PluginLookup } from '../host/plugin/find-plugin.ts';
import type { Environment } from '../host/guest-environment.ts';
import type { HostListener, MonitorHost } from '../host/monitor-host.ts';
import { preparePlugin } from '../host/plugin/prepare-plugin.ts';
import { createPythonHost } from '../host/python/create-python-host.ts';
import { WatchedHost } from '../host/watched-host.ts';
import { agentSettings } from './agent-settings.ts';
import { isPlacedFreely, moduleOf } from './crowded-modules.ts';

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

/** `files`: what the plugin is made of, where another host is wanted when that changes. */
export type MonitorHostOutcome =
  | { readonly kind: 'created'; readonly host: MonitorHost; readonly files: readonly string[] }
  /** There is no such plugin, it is no valid program, or there is nothing to run it. */
  | { readonly kind: 'bad-configuration'; readonly message: string; readonly files: readonly string[] };

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
  if (found.kind !== 'found') return { kind: 'bad-configuration', message: found.message, files: [] };
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
  const isCrowded = isPlacedFreely(entry) && parts.crowded?.has(moduleOf(entry)) === true;
  const { isolation = isCrowded ? 'shared' : 'thread' } = entry;
  const plugin = await preparePlugin(file, { cacheFolder: parts.cacheFolder });
  if (plugin.kind === 'invalid') return { ...plugin, kind: 'bad-configuration' };
  const host = createHost({ ...common(entry, parts), isolation, pluginUrl: plugin.url });
  return created(host, plugin.files, parts);
}

async function createForPython(
  entry: MonitorEntry,
  { file, folder }: Extract<Found, { readonly runtime: 'python' }>,
  parts: HostParts,
): Promise<MonitorHostOutcome> {
  const { isolation = 'process' } = entry;
  const { configuration, global } = parts;
  if (isolation === 'thread') return misplaced(entry);
  const outcome = await createPythonHost({
    ...common(entry, parts),
    isolation,
    file,
    searchPath: [...new Set([...(folder === undefined ? [] : [folder]), ...global.modulePaths])],
    python: { ...configuration.otel.python, user: parts.isolation.user },
    globalConfig: agentSettings(configuration),
  });
  if (outcome.kind === 'bad-configuration') return { ...outcome, files: [] };
  // In a shared process, Python keeps the module that it has: only the end of the process makes room for a changed one.
  const files = file === undefined || isolation === 'shared' ? [] : [file];
  return created(outcome.host, files, parts);
}

function created(host: MonitorHost, files: readonly string[], { clock }: HostParts): MonitorHostOutcome {
  const watched = files.length === 0 ? host : new WatchedHost(host, { files, clock });
  return { kind: 'created', host: watched, files };
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
  return { kind: 'bad-configuration', message, files: [] };
}
