import type { ConfigNode, Member, ObjectNode } from './config-node.ts';
import type { MonitorEntry, Problem } from './configuration.ts';
import { readLoneMonitor } from './monitor-entries.ts';
import { parseDialect } from './parse-dialect.ts';
import type { ReadContext } from './place.ts';
import { Place } from './place.ts';

export type MonitorOutcome =
  | { readonly kind: 'ok'; readonly monitor: MonitorEntry }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/**
 * The entry of a monitor that runs alone, from what the command line says: the name of its module, and its configuration,
 * an object in Scalyr's dialect without the module. Positions name `--monitor-config` in the place of a file.
 */
export function monitorFromText(text: string, options: { readonly module: string }): MonitorOutcome {
  const parsed = parseDialect(text, { file: '--monitor-config' });
  if (parsed.kind === 'invalid') return { kind: 'invalid', problems: [parsed.problem] };
  const context: ReadContext = {
    environment: {},
    folder: '',
    problems: [],
    warnings: [],
    secretVariables: new Set(),
  };
  const monitor = readMonitor(parsed.document, options.module, context);
  return monitor ? { kind: 'ok', monitor } : { kind: 'invalid', problems: context.problems };
}

function readMonitor(document: ConfigNode, module: string, context: ReadContext): MonitorEntry | undefined {
  const place = new Place(document, '', context);
  if (document.kind !== 'object') return place.rejectKind('an object, { … }');
  return readLoneMonitor(place.withNode(withModule(document, module)));
}

function withModule(node: ObjectNode, module: string): ObjectNode {
  const position = { file: 'MODULE', line: 1, column: 1 };
  const member: Member = { position, value: { kind: 'scalar', value: module, position } };
  return { ...node, members: new Map([...node.members, ['module', member]]) };
}
