import { defineMetric } from 'scalyr-otel-bridge';
import type { DeclaredMetric } from 'scalyr-otel-bridge';

const host = 'host and port of the server';

/** A value of INFO: its name there, which is that of the metric behind `redis.`; what it means; unit; whether it grows. */
type InfoRow = readonly [name: string, description: string, unit?: string | undefined, kind?: 'cumulative'];

const INFO_ROWS: readonly InfoRow[] = [
  ['uptime_in_seconds', 'Time since the server was started.', 'sec'],
  ['connected_clients', 'Connections of clients, replicas not counted.'],
  ['blocked_clients', 'Clients that wait in a blocking command.'],
  ['maxclients', 'Most clients that may connect.'],
  ['used_memory', 'Memory that Redis has allocated.', 'bytes'],
  ['used_memory_rss', 'Memory that the operating system gave to Redis.', 'bytes'],
  ['used_memory_peak', 'The most that `used_memory` has been.', 'bytes'],
  ['used_memory_dataset', 'Memory that the data takes.', 'bytes'],
  ['maxmemory', 'Limit of memory; 0 means none.', 'bytes'],
  ['mem_fragmentation_ratio', '`used_memory_rss` for each byte of `used_memory`.'],
  ['rdb_changes_since_last_save', 'Changes that are in no dump yet.'],
  ['rdb_last_bgsave_time_sec', 'How long the last dump took; -1 when there was none.', 'sec'],
  ['aof_current_size', 'Size of the append-only file, where there is one.', 'bytes'],
  ['total_connections_received', 'Connections accepted.', undefined, 'cumulative'],
  ['rejected_connections', 'Connections refused because of `maxclients`.', undefined, 'cumulative'],
  ['total_commands_processed', 'Commands processed.', undefined, 'cumulative'],
  ['instantaneous_ops_per_sec', 'Commands a second, of late.'],
  ['total_error_replies', 'Commands answered with an error.', undefined, 'cumulative'],
  ['total_net_input_bytes', 'Bytes read from the network.', 'bytes', 'cumulative'],
  ['total_net_output_bytes', 'Bytes written to the network.', 'bytes', 'cumulative'],
  ['expired_keys', 'Keys removed because their time was over.', undefined, 'cumulative'],
  ['evicted_keys', 'Keys removed because memory was short.', undefined, 'cumulative'],
  ['keyspace_hits', 'Look-ups that found a key.', undefined, 'cumulative'],
  ['keyspace_misses', 'Look-ups that found no key.', undefined, 'cumulative'],
  ['pubsub_channels', 'Channels with subscribers.'],
  ['pubsub_patterns', 'Patterns with subscribers.'],
  ['latest_fork_usec', 'How long the last fork took.', 'microseconds'],
  ['connected_slaves', 'Replicas that are connected.'],
  ['master_repl_offset', 'Offset of the stream to the replicas.', 'bytes'],
  ['master_last_io_seconds_ago', 'On a replica: since it heard of its master.', 'sec'],
  ['used_cpu_sys', 'Processor time of Redis in the kernel.', 'sec', 'cumulative'],
  ['used_cpu_user', 'Processor time of Redis in user mode.', 'sec', 'cumulative'],
];

/** Values of INFO that are emitted, by their names there. */
export const infoNames: readonly string[] = INFO_ROWS.map(([name]) => name);

const db = 'name of the database, as `db0`';
const replica = 'address and port of the replica';
const event = 'what took long, as `command` or `fork`';

const others: readonly DeclaredMetric[] = [
  defineMetric({
    name: 'redis.keyspace.keys',
    description: 'Keys of a database.',
    extraFields: { host, db },
  }),
  defineMetric({
    name: 'redis.keyspace.expires',
    description: 'Keys of a database that have a time to live.',
    extraFields: { host, db },
  }),
  defineMetric({
    name: 'redis.keyspace.avg_ttl',
    description: 'Mean time that such keys have left.',
    unit: 'milliseconds',
    extraFields: { host, db },
  }),
  defineMetric({
    name: 'redis.latency.ping',
    description: 'Time from sending PING to its reply.',
    unit: 'milliseconds',
    extraFields: { host },
    category: 'Latency',
  }),
  defineMetric({
    name: 'redis.latency.latest',
    description:
      "The last spike that Redis' latency monitor saw; it is off unless `latency-monitor-threshold` is set.",
    unit: 'milliseconds',
    extraFields: { host, event },
    category: 'Latency',
  }),
  defineMetric({
    name: 'redis.latency.max',
    description: 'The longest such spike.',
    unit: 'milliseconds',
    extraFields: { host, event },
    category: 'Latency',
  }),
  defineMetric({
    name: 'redis.replication.offset',
    description: 'Offset of the master.',
    unit: 'bytes',
    extraFields: { host },
    category: 'Replication',
  }),
  defineMetric({
    name: 'redis.replication.replica_offset',
    description: 'Offset up to which a replica has the stream.',
    unit: 'bytes',
    extraFields: { host, replica },
    category: 'Replication',
  }),
  defineMetric({
    name: 'redis.replication.offset_difference',
    description: 'How much of the stream the replica has not got yet.',
    unit: 'bytes',
    extraFields: { host, replica },
    category: 'Replication',
  }),
  defineMetric({
    name: 'redis.replication.lag',
    description: 'Since the master heard of the replica.',
    unit: 'sec',
    extraFields: { host, replica },
    category: 'Replication',
  }),
  defineMetric({
    name: 'redis',
    description: 'The text `slowlog`: a command of the slow log.',
    extraFields: {
      command: 'the command and its arguments',
      exectime: 'microseconds it took',
      host,
      ts: 'when it ran, in UTC',
    },
    category: 'Slow log',
  }),
];

/** All that the monitor emits. */
export const metrics: readonly DeclaredMetric[] = [
  ...INFO_ROWS.map(([name, description, unit, kind]) =>
    defineMetric({
      name: `redis.${name}`,
      description,
      ...(unit !== undefined && { unit }),
      cumulative: kind === 'cumulative',
      extraFields: { host },
    }),
  ),
  ...others,
];
