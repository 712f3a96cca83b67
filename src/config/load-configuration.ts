import { delimiter, dirname, join, resolve } from 'node:path';
import type { AgentValues } from './agent-options.ts';
import { agentSection } from './agent-options.ts';
import type { ConfigFiles } from './config-files.ts';
import { readConfigFiles } from './config-files.ts';
import type { Configuration, GlobalSettings, Problem } from './configuration.ts';
import { didYouMean } from './did-you-mean.ts';
import { fillIn, variableNode } from './environment-variables.ts';
import { implicitMonitors } from './implicit-monitors.ts';
import { mergeDocuments } from './merge-documents.ts';
import { readMonitors } from './monitor-entries.ts';
import { readOtelSettings } from './otel-settings.ts';
import type { Environment, Place, ReadContext } from './place.ts';
import { readServerAttributes } from './server-attributes.ts';

export interface ConfigurationSource {
  /** Path of agent.json. Without it there is no file: defaults and variables alone, as run-monitor has them. */
  readonly path?: string;
  /** Where relative paths start when there is no file. */
  readonly folder: string;
  readonly environment: Environment;
  readonly hostname: string;
  /** As in `process.platform`; without it, no monitor runs that is not in the configuration. */
  readonly platform?: string;
}

export type LoadOutcome =
  | { readonly kind: 'ok'; readonly configuration: Configuration; readonly warnings: readonly Problem[] }
  /** Every problem of every file, in the order of the files and of the lines in them. */
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[]; readonly files: readonly string[] };

/**
 * Reads agent.json, its fragments and the environment, and checks all of it. Never throws for what it reads; whatever is
 * wrong comes back at once.
 */
export function loadConfiguration(source: ConfigurationSource): LoadOutcome {
  const path = source.path === undefined ? undefined : resolve(source.folder, source.path);
  const folder = path === undefined ? resolve(source.folder) : dirname(path);
  const context: ReadContext = {
    environment: source.environment,
    folder,
    problems: [],
    warnings: [],
    secretVariables: new Set(),
  };
  const read = path === undefined ? { files: [], documents: [] } : readConfigFiles(path, context);
  const configuration = assemble(read, source, context);
  if (configuration === undefined || context.problems.length > 0) {
    return { kind: 'invalid', problems: inOrder(context.problems, read.files), files: read.files };
  }
  return { kind: 'ok', configuration, warnings: inOrder(context.warnings, read.files) };
}

function assemble(
  read: ConfigFiles,
  source: ConfigurationSource,
  context: ReadContext,
): Configuration | undefined {
  const merged = mergeDocuments(read.documents, read.files[0] ?? context.folder, context);
  warnOfMisspeltKeys(merged);
  const agent = readAgentKeys(merged);
  const { platform } = source;
  const implicit = agent === undefined ? [] : implicitMonitors(agent, { platform, document: merged });
  const monitors = readMonitors(read.documents, implicit);
  const serverAttributes = readServerAttributes(read.documents, source.hostname);
  const otel = readOtelSettings(merged);
  if (agent === undefined || otel === undefined) return undefined;
  return {
    files: read.files,
    agentLogPath: merged.resolvePath(agent.agent_log_path),
    agentDataPath: merged.resolvePath(agent.agent_data_path),
    monitors,
    serverAttributes,
    global: globalSettings(agent, context),
    otel,
  };
}

function readAgentKeys(merged: Place): AgentValues | undefined {
  if (merged.node.kind !== 'object') return undefined;
  const { environment } = merged.context;
  const filled = fillIn(merged.node, agentSection, (variable) => variableNode(environment, variable));
  return agentSection.read(merged.withNode(filled));
}

function globalSettings(agent: AgentValues, { folder, secretVariables }: ReadContext): GlobalSettings {
  const more = (agent.additional_monitor_module_paths ?? '')
    .split(delimiter)
    .filter((path) => path.trim() !== '');
  return {
    configChangeCheckIntervalSecs: agent.config_change_check_interval,
    sampleIntervalSecs: agent.global_monitor_sample_interval,
    sampleIntervalJitter: agent.global_monitor_sample_interval_enable_jitter,
    modulePaths: [join('monitors', 'local'), join('monitors', 'contrib'), ...more].map((path) =>
      resolve(folder, path.trim()),
    ),
    logRotationMaxBytes: agent.log_rotation_max_bytes,
    logRotationBackupCount: agent.log_rotation_backup_count,
    calculateRateMetricNames: agent.calculate_rate_metric_names,
    debugLevel: agent.debug_level,
    secretVariables: [...secretVariables],
  };
}

/** Unknown keys are the agent's own, but one that is nearly a key of ours is more likely a slip. */
function warnOfMisspeltKeys(merged: Place): void {
  const known = [
    ...Object.keys(agentSection.options),
    'monitors',
    'otel',
    'server_attributes',
    'import_vars',
  ];
  for (const [key, place] of merged.members()) {
    const hint = known.includes(key) ? undefined : didYouMean(key, known);
    if (hint !== undefined) place.warn(`this key is not known and left alone: ${hint}`);
  }
}

function inOrder(problems: readonly Problem[], files: readonly string[]): readonly Problem[] {
  const rank = ({ position }: Problem): number => {
    const index = files.indexOf(position?.file ?? '');
    return index < 0 ? files.length : index;
  };
  const line = ({ position }: Problem): number => position?.line ?? 0;
  const column = ({ position }: Problem): number => position?.column ?? 0;
  return [...problems].sort((a, b) => rank(a) - rank(b) || line(a) - line(b) || column(a) - column(b));
}
