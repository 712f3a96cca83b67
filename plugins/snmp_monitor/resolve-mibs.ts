import type { MibModule, MibObject } from './parse-mib.ts';

/** Numbers of objects, by `MODULE::name`. */
export type ObjectNumbers = ReadonlyMap<string, string>;

/** The numbers everything else stands below; every MIB imports them, and they never change. */
const ROOTS: ObjectNumbers = new Map([
  ['iso', '1'],
  ['org', '1.3'],
  ['dod', '1.3.6'],
  ['internet', '1.3.6.1'],
  ['directory', '1.3.6.1.1'],
  ['mgmt', '1.3.6.1.2'],
  ['mib-2', '1.3.6.1.2.1'],
  ['interfaces', '1.3.6.1.2.1.2'],
  ['transmission', '1.3.6.1.2.1.10'],
  ['experimental', '1.3.6.1.3'],
  ['private', '1.3.6.1.4'],
  ['enterprises', '1.3.6.1.4.1'],
  ['security', '1.3.6.1.5'],
  ['snmpV2', '1.3.6.1.6'],
  ['snmpDomains', '1.3.6.1.6.1'],
  ['snmpProxys', '1.3.6.1.6.2'],
  ['snmpModules', '1.3.6.1.6.3'],
]);

/** Deeper than any MIB; a parent that is its own child must not be followed for ever. */
const MAX_DEPTH = 128;

/**
 * The numbers of all objects of some modules. A parent is looked for in the module itself, then in the one it is imported
 * from, then among the roots. An object whose parent is nowhere is left out.
 */
export function resolveMibs(modules: readonly MibModule[]): ObjectNumbers {
  const objects = new Map<string, { module: MibModule; object: MibObject }>();
  for (const module of modules) {
    for (const object of module.objects) objects.set(`${module.name}::${object.name}`, { module, object });
  }
  const numbers = new Map<string, string>();
  const numberOf = (key: string, depth = 0): string | undefined => {
    const known = numbers.get(key);
    const found = objects.get(key);
    if (known !== undefined || found === undefined || depth > MAX_DEPTH) return known;
    const { module, object } = found;
    const oid = [...below(module, object.parent, depth), ...object.arcs].join('.');
    if (oid.startsWith('?')) return undefined;
    numbers.set(key, oid);
    return oid;
  };
  const below = ({ name, imports }: MibModule, parent: string | undefined, depth: number): string[] => {
    if (parent === undefined) return [];
    const source = objects.has(`${name}::${parent}`) ? name : imports.get(parent);
    return [numberOf(`${source}::${parent}`, depth + 1) ?? ROOTS.get(parent) ?? '?'];
  };
  for (const key of objects.keys()) numberOf(key);
  return numbers;
}
