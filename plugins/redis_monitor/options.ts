import { defineConfigOption } from 'scalyr-otel-bridge';

export const hosts = defineConfigOption({
  name: 'hosts',
  description:
    'The servers: objects with `host` (default `localhost`), `port` (6379), and where they are needed `password`, `username` and `tls: true`.',
  convertTo: 'array',
  default: [{ host: 'localhost', port: 6379 }],
});
export const linesToFetch = defineConfigOption({
  name: 'lines_to_fetch',
  description: 'Most commands of the slow log that are read in one sample.',
  convertTo: 'int',
  default: 500,
  minValue: 1,
  maxValue: 100_000,
});
export const logInfo = defineConfigOption({
  name: 'log_info',
  description: 'Whether the values of INFO are emitted.',
  convertTo: 'bool',
  default: true,
});
export const logLatency = defineConfigOption({
  name: 'log_latency',
  description: 'Whether latencies are emitted.',
  convertTo: 'bool',
  default: true,
});
export const logClusterReplicationInfo = defineConfigOption({
  name: 'log_cluster_replication_info',
  description: 'Whether a master tells how far each replica is behind.',
  convertTo: 'bool',
  default: false,
});
export const connectionTimeout = defineConfigOption({
  name: 'connection_timeout',
  description: 'Seconds to wait for a connection, and for each reply.',
  convertTo: 'float',
  default: 5,
  minValue: 0.001,
  maxValue: 3600,
});
export const connectionErrorRepeatInterval = defineConfigOption({
  name: 'connection_error_repeat_interval',
  description: 'Seconds until an error of a server is logged again.',
  convertTo: 'float',
  default: 300,
  minValue: 0,
});
export const utf8WarningInterval = defineConfigOption({
  name: 'utf8_warning_interval',
  description: 'Seconds between two warnings of commands that are no UTF-8; 0: no warning.',
  convertTo: 'float',
  default: 600,
  minValue: 0,
});
