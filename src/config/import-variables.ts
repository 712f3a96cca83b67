import type { ConfigNode, Member, ObjectNode } from './config-node.ts';
import type { Place } from './place.ts';
import { optional, required, section } from './section.ts';
import { scalarAsText, text } from './value-type.ts';

const importSection = section({
  var: required(text, 'Name of a variable of the environment.'),
  default: optional(scalarAsText, 'What stands for it when it is not set, or empty.'),
});

/**
 * The document with `$NAME` replaced, in every text of it, for each variable that its own `import_vars` names. The longest
 * name goes first, so `$HOSTNAME` is not `$HOST` with a tail; what comes in is not searched again. `${NAME}` is not known.
 */
export function replaceImportedVariables(root: Place): Place {
  const variables = importedVariables(root);
  if (variables.size === 0 || root.node.kind !== 'object') return root;
  const names = [...variables.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(`\\$(?:${names.map(escapePattern).join('|')})`, 'g');
  for (const written of secretTexts(root)) {
    for (const [found] of written.matchAll(pattern)) root.context.secretVariables.add(found.slice(1));
  }
  const replace = (written: string): string =>
    written.replace(pattern, (found) => variables.get(found.slice(1)) ?? '');
  const members = mapMembers(root.node, (value, name) =>
    name === 'import_vars' ? value : replaceIn(value, replace),
  );
  return root.withNode({ ...root.node, members });
}

/** Texts of the document that are secrets, as written: the api_key and the values of headers. */
function secretTexts(root: Place): readonly string[] {
  const backends = root.member('otel')?.member('backends')?.elements() ?? [];
  const headers = backends.flatMap((backend) => backend.member('headers')?.members() ?? []);
  const places = [root.member('api_key'), ...headers.map(([, value]) => value)];
  return places.flatMap((place) => place?.text ?? []);
}

function importedVariables(root: Place): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  const list = root.member('import_vars');
  if (list === undefined) return variables;
  if (list.node.kind !== 'list') list.rejectKind('a list of names, or of { var, default }');
  for (const entry of list.elements()) {
    const imported = entry.node.kind === 'object' ? importSection.read(entry) : { var: text.read(entry) };
    if (imported?.var === undefined) continue;
    const fallback = 'default' in imported ? imported.default : undefined;
    variables.set(imported.var, root.context.environment[imported.var] || (fallback ?? ''));
  }
  return variables;
}

function replaceIn(node: ConfigNode, replace: (text: string) => string): ConfigNode {
  if (node.kind === 'list')
    return { ...node, elements: node.elements.map((element) => replaceIn(element, replace)) };
  if (node.kind === 'object')
    return { ...node, members: mapMembers(node, (value) => replaceIn(value, replace)) };
  return typeof node.value === 'string' ? { ...node, value: replace(node.value) } : node;
}

function mapMembers(
  node: ObjectNode,
  map: (value: ConfigNode, name: string) => ConfigNode,
): ReadonlyMap<string, Member> {
  return new Map(
    [...node.members].map(([name, member]) => [name, { ...member, value: map(member.value, name) }]),
  );
}

function escapePattern(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
