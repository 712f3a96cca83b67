import { Float } from 'scalyr-otel-bridge';
import type { ExtraFields, MetricValue } from 'scalyr-otel-bridge';
import type { Row } from './driver.ts';
import { columns } from './metrics.ts';

/** A value of the database. */
export interface DatabaseValue {
  readonly metric: string;
  readonly value: MetricValue;
  readonly fields?: ExtraFields | undefined;
}

/** Gives one row with a column `c0`, `c1` … for each of {@link columns}, as texts, which hold numbers of any size. */
export const databaseQuery = `SELECT ${columns
  .map(({ expression }, index) => `(${expression})::text AS c${index}`)
  .join(', ')} FROM pg_stat_database WHERE datname = current_database()`;

/** The values in the row of {@link databaseQuery}; columns that are null have none. */
export function readDatabaseRow(row: Row): DatabaseValue[] {
  return columns.flatMap(({ metric, fields, isFloat = false }, index) => {
    const text = row[`c${index}`];
    return typeof text === 'string'
      ? [{ metric, fields, value: isFloat ? new Float(Number(text)) : toInteger(text) }]
      : [];
  });
}

function toInteger(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}
