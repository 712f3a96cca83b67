import { formatAttributeValue } from './format-attributes.ts';
import type { Misbehaviour } from './misbehaviour.ts';
import type { Attributes, ReceivedLog, ReceivedPoint } from './received.ts';

export type RejectRule = Extract<Misbehaviour, { kind: 'reject' }>;

/** Divides points or log records into those that a rule lets pass and the number of those it rejects. */
export function selectRejected<Item extends ReceivedPoint | ReceivedLog>(
  items: readonly Item[],
  rule: RejectRule,
): { readonly passed: readonly Item[]; readonly rejected: number } {
  const passed = items.filter((item) => !matches(item, rule));
  return { passed, rejected: items.length - passed.length };
}

function matches(item: ReceivedPoint | ReceivedLog, rule: RejectRule): boolean {
  const name = 'name' in item ? item.name : item.eventName;
  if (rule.name !== undefined && new RegExp(rule.name).test(name)) return true;
  return rule.attribute !== undefined && hasAttribute(item.attributes, rule.attribute);
}

function hasAttribute(attributes: Attributes, wanted: NonNullable<RejectRule['attribute']>): boolean {
  const value = Object.hasOwn(attributes, wanted.key) ? attributes[wanted.key] : undefined;
  if (value === undefined) return false;
  const text = typeof value === 'string' ? value : formatAttributeValue(value);
  return wanted.value === undefined || new RegExp(wanted.value).test(text);
}
