import { Float } from 'scalyr-otel-bridge';
import type { MetricValue } from 'scalyr-otel-bridge';
import type { Row } from './driver.ts';

/** Values by the name of the metric. */
export type Values = ReadonlyMap<string, MetricValue>;

/** Commands that are counted; MySQL counts more than a hundred. */
const COMMANDS: ReadonlySet<string> = new Set([
  'com_begin',
  'com_commit',
  'com_delete',
  'com_insert',
  'com_replace',
  'com_rollback',
  'com_select',
  'com_update',
]);

/** The numbers among the rows of SHOW GLOBAL STATUS, as `mysql.global.<name>`. */
export function parseGlobalStatus(rows: readonly Row[]): Values {
  return new Map(
    namedNumbers(rows)
      .filter(([name]) => !name.startsWith('com_') || COMMANDS.has(name))
      .map(([name, value]) => [`mysql.global.${name}`, value]),
  );
}

/** The numbers among the rows of SHOW GLOBAL VARIABLES, as `mysql.<name>`. */
export function parseVariables(rows: readonly Row[]): Values {
  return new Map(namedNumbers(rows).map(([name, value]) => [`mysql.${name}`, value]));
}

function namedNumbers(rows: readonly Row[]): [name: string, value: MetricValue][] {
  return rows.flatMap(({ Variable_name: name, Value: text }): [string, MetricValue][] => {
    const value = toNumber(text);
    return typeof name === 'string' && value !== undefined ? [[name.toLowerCase(), value]] : [];
  });
}

/** How many threads there are with each command in the rows of SHOW PROCESSLIST, as `mysql.process.<command>`. */
export function countProcesses(rows: readonly Row[]): Values {
  const counts = new Map<string, number>();
  for (const { Command: command } of rows) {
    if (typeof command !== 'string') continue;
    const name = `mysql.process.${command.toLowerCase().replaceAll(/\W+/g, '_')}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/**
 * The numbers in a row of SHOW REPLICA STATUS or SHOW SLAVE STATUS, as `mysql.slave.<name>`, with yes as 1 and no as 0.
 * Names are the old ones, whatever the server calls them: `seconds_behind_source` is `seconds_behind_master`.
 */
export function parseReplicaStatus(row: Row): Values {
  const values = new Map<string, MetricValue>();
  for (const [column, cell] of Object.entries(row)) {
    const value = toNumber(cell) ?? FLAGS.get(cell);
    const name = column.toLowerCase().replaceAll('source', 'master').replaceAll('replica', 'slave');
    if (value !== undefined) values.set(`mysql.slave.${name}`, value);
  }
  return values;
}

const FLAGS: ReadonlyMap<unknown, number> = new Map([
  ['Yes', 1],
  ['No', 0],
  ['Connecting', 0],
]);

/** A cell as a number: what has a point is a Float; undefined when it is none. */
export function toNumber(cell: unknown): MetricValue | undefined {
  const text = typeof cell === 'number' || typeof cell === 'bigint' ? `${cell}` : cell;
  if (typeof text !== 'string' || !/^-?\d+(\.\d+)?$/.test(text)) return undefined;
  if (text.includes('.')) return new Float(Number(text));
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}
