import { defineMetric } from 'scalyr-otel-bridge';
import type { DeclaredMetric } from 'scalyr-otel-bridge';

type Row = readonly [name: string, description: string, kind?: 'cumulative' | undefined, unit?: string];

const GLOBAL: readonly Row[] = [
  ['mysql.global.aborted_clients', 'Connections that a client left without closing them.', 'cumulative'],
  ['mysql.global.aborted_connects', 'Attempts to connect that failed.', 'cumulative'],
  ['mysql.global.bytes_received', 'Bytes received from all clients.', 'cumulative', 'bytes'],
  ['mysql.global.bytes_sent', 'Bytes sent to all clients.', 'cumulative', 'bytes'],
  ['mysql.global.connections', 'Attempts to connect, successful or not.', 'cumulative'],
  ['mysql.global.max_used_connections', 'Most connections at any one time.'],
  ['mysql.global.threads_connected', 'Open connections.'],
  ['mysql.global.threads_running', 'Threads that are not sleeping.'],
  ['mysql.global.questions', 'Statements sent by clients.', 'cumulative'],
  ['mysql.global.slow_queries', 'Queries that took longer than `long_query_time`.', 'cumulative'],
  ['mysql.global.key_blocks_unused', 'Unused blocks of the key cache.'],
  ['mysql.global.key_blocks_used', 'Most blocks of the key cache used at any one time.'],
  [
    'mysql.global.com_select',
    'Statements `SELECT`; others are `com_insert`, `com_update`, `com_delete`, `com_replace`, `com_begin`, `com_commit`, `com_rollback`.',
    'cumulative',
  ],
  ['mysql.global.uptime', 'Time since the server was started.', undefined, 'sec'],
];

const VARIABLES: readonly Row[] = [
  ['mysql.max_connections', 'Most connections allowed at one time.'],
  ['mysql.open_files_limit', 'Most files that the server may have open.'],
];

const INNODB: readonly Row[] = [
  [
    'mysql.innodb.oswait_array.reservation_count',
    'How often a slot of the wait array was taken.',
    'cumulative',
  ],
  ['mysql.innodb.oswait_array.signal_count', 'How often a thread in the wait array was woken.', 'cumulative'],
  ['mysql.innodb.locks.spin_waits', 'How often a thread began to spin for a lock.', 'cumulative'],
  ['mysql.innodb.locks.rounds', 'Rounds that threads spun.', 'cumulative'],
  ['mysql.innodb.locks.os_waits', 'How often a thread stopped to spin and slept.', 'cumulative'],
  ['mysql.innodb.history_list_length', 'Transactions in the undo log that are not purged yet.'],
  ['mysql.innodb.innodb.ibuf.size', 'Pages used of the change buffer.'],
  ['mysql.innodb.innodb.ibuf.free_list_len', 'Free pages of the change buffer.'],
  ['mysql.innodb.innodb.ibuf.seg_size', 'Pages of the change buffer.'],
  [
    'mysql.innodb.innodb.ibuf.inserts',
    'Inserts into the change buffer; only MySQL before 5.5 tells.',
    'cumulative',
  ],
  ['mysql.innodb.innodb.ibuf.merged_recs', 'Records merged from the change buffer.', 'cumulative'],
  ['mysql.innodb.innodb.ibuf.merges', 'Merges of the change buffer.', 'cumulative'],
  ['mysql.innodb.queries_queued', 'Queries that wait to get into InnoDB.'],
  ['mysql.innodb.opened_read_views', 'Open read views.'],
];

const PROCESSES: readonly Row[] = [
  ['mysql.process.query', 'Threads with the command `Query`, this connection included.'],
  ['mysql.process.sleep', 'Threads that wait for a statement; other commands are `mysql.process.<command>`.'],
];

const REPLICA: readonly Row[] = [
  [
    'mysql.slave.seconds_behind_master',
    'How far a replica is behind; not there while it does not replicate.',
    undefined,
    'sec',
  ],
  ['mysql.slave.slave_io_running', 'Whether it reads from its source: 1 or 0.'],
  ['mysql.slave.slave_sql_running', 'Whether it applies what it read: 1 or 0.'],
];

/** The metrics that have a meaning of their own here; the server has more, which are emitted too. */
export const metrics: readonly DeclaredMetric[] = [
  ...define('SHOW GLOBAL STATUS', GLOBAL),
  ...define('SHOW GLOBAL VARIABLES', VARIABLES),
  ...define('SHOW ENGINE INNODB STATUS', INNODB),
  ...define('SHOW PROCESSLIST', PROCESSES),
  ...define('SHOW REPLICA STATUS', REPLICA, { channel: 'name of the replication channel, where it has one' }),
];

function define(
  category: string,
  rows: readonly Row[],
  extraFields: Readonly<Record<string, string>> = {},
): DeclaredMetric[] {
  return rows.map(([name, description, kind, unit]) =>
    defineMetric({
      name,
      description,
      category,
      extraFields,
      cumulative: kind === 'cumulative',
      ...(unit !== undefined && { unit }),
    }),
  );
}
