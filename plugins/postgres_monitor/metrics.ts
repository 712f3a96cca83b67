import { defineMetric } from 'scalyr-otel-bridge';
import type { DeclaredMetric, ExtraFields } from 'scalyr-otel-bridge';

/** A column of the query, and the metric it becomes. */
export interface Column {
  /** Of the view pg_stat_database, or an expression over it. */
  readonly expression: string;
  readonly metric: string;
  readonly fields?: ExtraFields;
  /** A fraction, even when it happens to be whole. */
  readonly isFloat?: true;
}

/** All columns, in the order in which their values are emitted. */
export const columns: readonly Column[] = [
  { expression: 'numbackends', metric: 'postgres.database.connections' },
  { expression: 'xact_commit', metric: 'postgres.database.transactions', fields: { result: 'committed' } },
  { expression: 'xact_rollback', metric: 'postgres.database.transactions', fields: { result: 'rolledback' } },
  { expression: 'blks_read', metric: 'postgres.database.disk_blocks', fields: { type: 'read' } },
  { expression: 'blks_hit', metric: 'postgres.database.disk_blocks', fields: { type: 'hit' } },
  { expression: 'tup_returned', metric: 'postgres.database.query_rows', fields: { op: 'returned' } },
  { expression: 'tup_fetched', metric: 'postgres.database.query_rows', fields: { op: 'fetched' } },
  { expression: 'tup_inserted', metric: 'postgres.database.query_rows', fields: { op: 'inserted' } },
  { expression: 'tup_updated', metric: 'postgres.database.query_rows', fields: { op: 'updated' } },
  { expression: 'tup_deleted', metric: 'postgres.database.query_rows', fields: { op: 'deleted' } },
  { expression: 'temp_files', metric: 'postgres.database.temp_files' },
  { expression: 'temp_bytes', metric: 'postgres.database.temp_bytes' },
  { expression: 'deadlocks', metric: 'postgres.database.deadlocks' },
  {
    expression: 'blk_read_time',
    metric: 'postgres.database.blocks_op_time',
    fields: { op: 'read' },
    isFloat: true,
  },
  {
    expression: 'blk_write_time',
    metric: 'postgres.database.blocks_op_time',
    fields: { op: 'write' },
    isFloat: true,
  },
  { expression: "date_part('epoch',stats_reset)::bigint", metric: 'postgres.database.stats_reset' },
  { expression: 'pg_database_size(datid)', metric: 'postgres.database.size' },
];

const sinceReset = 'since `stats_reset`';

/** What the monitor emits. */
export const metrics: readonly DeclaredMetric[] = [
  defineMetric({
    name: 'postgres.database.connections',
    description: 'Connections to the database, this one included.',
  }),
  defineMetric({
    name: 'postgres.database.transactions',
    description: `Transactions ${sinceReset}.`,
    cumulative: true,
    extraFields: { result: '`committed` or `rolledback`' },
  }),
  defineMetric({
    name: 'postgres.database.disk_blocks',
    description: `Blocks asked for ${sinceReset}.`,
    cumulative: true,
    extraFields: {
      type: '`read`: from disk or the cache of the system, `hit`: from the cache of PostgreSQL',
    },
  }),
  defineMetric({
    name: 'postgres.database.query_rows',
    description: `Rows ${sinceReset}.`,
    cumulative: true,
    extraFields: {
      op: '`returned`: read by scans, `fetched`: found by indexes, `inserted`, `updated` or `deleted`',
    },
  }),
  defineMetric({
    name: 'postgres.database.temp_files',
    description: `Temporary files that queries made ${sinceReset}.`,
    cumulative: true,
  }),
  defineMetric({
    name: 'postgres.database.temp_bytes',
    description: `Bytes written to temporary files ${sinceReset}.`,
    unit: 'bytes',
    cumulative: true,
  }),
  defineMetric({
    name: 'postgres.database.deadlocks',
    description: `Deadlocks ${sinceReset}.`,
    cumulative: true,
  }),
  defineMetric({
    name: 'postgres.database.blocks_op_time',
    description: `Time spent on blocks of files ${sinceReset}; 0 unless PostgreSQL's \`track_io_timing\` is on.`,
    unit: 'milliseconds',
    cumulative: true,
    extraFields: { op: '`read` or `write`' },
  }),
  defineMetric({
    name: 'postgres.database.stats_reset',
    description:
      'When the counts started anew, in seconds since the Unix epoch; not there when they never did.',
    unit: 'sec',
  }),
  defineMetric({
    name: 'postgres.database.size',
    description: 'Size of the database on disk.',
    unit: 'bytes',
  }),
];
