import type { AgentValues } from './agent-options.ts';
import type { ConfigNode, ObjectNode } from './config-node.ts';
import type { Place } from './place.ts';

interface ImplicitMonitor {
  /** Key of the agent that switches it off. */
  readonly key: 'implicit_metric_monitor' | 'implicit_agent_process_metrics_monitor';
  readonly entry: Readonly<Record<'module', string> & Partial<Record<'id' | 'pid', string>>>;
}

/** Measures the machine. */
export const MACHINE_MONITOR = 'linux_system_metrics';

/** As in the Scalyr agent: the machine, and the collector itself. */
const IMPLICIT_MONITORS: readonly ImplicitMonitor[] = [
  { key: 'implicit_metric_monitor', entry: { module: MACHINE_MONITOR } },
  {
    key: 'implicit_agent_process_metrics_monitor',
    entry: { module: 'linux_process_metrics', id: 'agent', pid: '$$' },
  },
];

export interface ImplicitMonitorsOptions {
  /** As in `process.platform`. */
  readonly platform: string | undefined;
  /** The whole configuration: where the entries count as written. */
  readonly document: Place;
}

/** Places of the entries of `monitors` that nobody has to write. They measure Linux, so there are none elsewhere. */
export function implicitMonitors(
  agent: AgentValues,
  { platform, document }: ImplicitMonitorsOptions,
): readonly Place[] {
  if (platform !== 'linux') return [];
  return IMPLICIT_MONITORS.filter(({ key }) => agent[key]).map(({ entry }) =>
    document.withNode(entryNode(entry, document.node)),
  );
}

function entryNode(entry: ImplicitMonitor['entry'], { position }: ConfigNode): ObjectNode {
  const members = Object.entries(entry).map(
    ([name, value]) => [name, { position, value: { kind: 'scalar', value, position } }] as const,
  );
  return { kind: 'object', members: new Map(members), position };
}
