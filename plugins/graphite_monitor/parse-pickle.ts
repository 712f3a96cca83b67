import { inspect } from 'node:util';
import { LONGEST_NAME } from './metric.ts';
import type { Metric } from './metric.ts';
import { parseNumber } from './parse-number.ts';
import { PickleFailure } from './pickle-failure.ts';
import { readPickle } from './read-pickle.ts';
import type { Pickled } from './read-pickle.ts';

/** A member of the list that is no metric. */
export interface BadMember {
  /** What it is, in a line. */
  readonly show: () => string;
}

/**
 * The metrics in a pickle as Graphite's pickle protocol has it: a list of `(name, (time, value))`. Values and times may be
 * texts. Throws PickleFailure when it is no list, or no pickle of plain data.
 */
export function parsePickle(pickle: Buffer): (Metric | BadMember)[] {
  const list = readPickle(pickle);
  if (!Array.isArray(list)) throw new PickleFailure('it holds no list');
  return list.map((member) => metricOf(member) ?? { show: () => shown(member) });
}

function metricOf(member: Pickled): Metric | undefined {
  if (!Array.isArray(member) || member.length !== 2) return undefined;
  const [name, point] = member;
  if (typeof name !== 'string' || !Array.isArray(point) || point.length !== 2) return undefined;
  const [time, value] = point.map(numberOf);
  if (value === undefined || time === undefined || !Number.isFinite(time)) return undefined;
  const trimmed = name.trim();
  const isName = trimmed !== '' && trimmed.length <= LONGEST_NAME;
  return isName ? { name: trimmed, value, timeSecs: time } : undefined;
}

function numberOf(value: Pickled): number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'string'
    ? parseNumber(value.trim())
    : typeof value === 'number'
      ? value
      : undefined;
}

/** Lists may hold themselves, and each other any number of times. */
function shown(member: Pickled): string {
  return inspect(member, { depth: 2, maxArrayLength: 3, maxStringLength: 40, breakLength: Infinity });
}
