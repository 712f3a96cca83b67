import type { Member, ObjectNode, ScalarNode } from './config-node.ts';
import type { Environment } from './place.ts';
import type { Section } from './section.ts';
import { asSection } from './section.ts';

/** Finds the value of a variable, as a node that says where it comes from. */
export type Lookup = (variable: string) => ScalarNode | undefined;

/** A variable as a node; its position names the variable in the place of a file. Undefined when it is not set, or empty. */
export function variableNode(environment: Environment, variable: string): ScalarNode | undefined {
  const value = environment[variable]?.trim();
  return value ? { kind: 'scalar', value, position: { file: variable, line: 1, column: 1 } } : undefined;
}

/** The object with the options that it leaves out filled in from their variables, in the sections within it too. */
export function fillIn(node: ObjectNode, section: Section, lookup: Lookup): ObjectNode {
  const members = new Map(node.members);
  for (const [name, option] of Object.entries(section.options)) {
    const filled = fillMember(node, name, {
      within: asSection(option.type),
      variable: section.variableOf(name),
      lookup,
    });
    if (filled !== undefined) members.set(name, filled);
  }
  return { ...node, members };
}

interface Filling {
  readonly within: Section | undefined;
  readonly variable: string | undefined;
  readonly lookup: Lookup;
}

function fillMember(
  node: ObjectNode,
  name: string,
  { within, variable, lookup }: Filling,
): Member | undefined {
  const member = node.members.get(name);
  if (within !== undefined) {
    const value = member?.value ?? { kind: 'object', members: new Map(), position: node.position };
    return value.kind === 'object'
      ? { position: member?.position ?? node.position, value: fillIn(value, within, lookup) }
      : member;
  }
  const found = member === undefined && variable !== undefined ? lookup(variable) : undefined;
  return found && { position: found.position, value: found };
}
