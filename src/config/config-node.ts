import { Float } from '../metric-line/float.ts';
import type { ConfigObject, ConfigValue } from './config-value.ts';
import type { SourcePosition } from './configuration.ts';

/** A value of the configuration with the place where it was written; problems point there. */
export type ConfigNode = ScalarNode | ListNode | ObjectNode;

export type Scalar = null | boolean | string | number | bigint | Float;

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly value: Scalar;
  readonly position: SourcePosition;
}

export interface ListNode {
  readonly kind: 'list';
  readonly elements: readonly ConfigNode[];
  readonly position: SourcePosition;
}

export interface ObjectNode {
  readonly kind: 'object';
  /** A map, so that a member called `__proto__` is a member like any other. */
  readonly members: ReadonlyMap<string, Member>;
  readonly position: SourcePosition;
}

export interface Member {
  /** Where the name of the member stands. */
  readonly position: SourcePosition;
  readonly value: ConfigNode;
}

/** The bare value of an object, without positions. */
export function plainObject(node: ObjectNode): ConfigObject {
  return Object.fromEntries([...node.members].map(([name, member]) => [name, plainValue(member.value)]));
}

/** The bare value of a node, without positions. */
export function plainValue(node: ConfigNode): ConfigValue {
  if (node.kind === 'scalar') return node.value;
  return node.kind === 'list' ? node.elements.map(plainValue) : plainObject(node);
}

/** The text of a scalar as one would write it: `5.0` for a Float of five. */
export function scalarText(value: Scalar): string {
  if (!(value instanceof Float)) return String(value);
  const digits = String(value.value);
  if (Object.is(value.value, -0)) return '-0.0';
  return /^-?\d+$/.test(digits) ? `${digits}.0` : digits;
}

const SCALAR_KINDS: Readonly<Record<string, string>> = { string: 'a text', boolean: 'a boolean' };

/** What kind of thing stands in a node, without its text, which may be a secret in the wrong place. */
export function describeKind(node: ConfigNode): string {
  if (node.kind === 'list') return 'a list';
  if (node.kind === 'object') return 'an object';
  return SCALAR_KINDS[typeof node.value] ?? (node.value === null ? 'null' : 'a number');
}

/** What stands in a node, short enough for a message: `"abc"`, `5.0`, `an object`. */
export function describeNode(node: ConfigNode): string {
  if (node.kind !== 'scalar') return describeKind(node);
  if (typeof node.value !== 'string') return scalarText(node.value);
  const shown = node.value.length > 60 ? `${node.value.slice(0, 57)}...` : node.value;
  return JSON.stringify(shown);
}
