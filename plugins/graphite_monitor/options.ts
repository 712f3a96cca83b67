import { defineConfigOption } from 'scalyr-otel-bridge';

const HIGHEST_PORT = 65_535;

export const onlyAcceptLocal = defineConfigOption({
  name: 'only_accept_local',
  description: 'Listen on 127.0.0.1 only. With `false` on all addresses: whoever reaches the port may send.',
  convertTo: 'bool',
  default: true,
});
export const acceptPlaintext = defineConfigOption({
  name: 'accept_plaintext',
  description: 'Whether the plaintext protocol is accepted.',
  convertTo: 'bool',
  default: true,
});
export const acceptPickle = defineConfigOption({
  name: 'accept_pickle',
  description: 'Whether the pickle protocol is accepted.',
  convertTo: 'bool',
  default: true,
});
export const plaintextPort = defineConfigOption({
  name: 'plaintext_port',
  description: 'TCP port of the plaintext protocol.',
  convertTo: 'int',
  default: 2003,
  minValue: 0,
  maxValue: HIGHEST_PORT,
});
export const picklePort = defineConfigOption({
  name: 'pickle_port',
  description: 'TCP port of the pickle protocol.',
  convertTo: 'int',
  default: 2004,
  minValue: 0,
  maxValue: HIGHEST_PORT,
});
export const maxConnectionIdleTime = defineConfigOption({
  name: 'max_connection_idle_time',
  description: 'Seconds after which a connection is closed that has completed no line and no pickle.',
  convertTo: 'float',
  default: 300,
  minValue: 0.001,
  maxValue: 2_000_000,
});
export const maxRequestSize = defineConfigOption({
  name: 'max_request_size',
  description: 'Most bytes of a line or of a pickle. A connection that sends a longer one is closed.',
  convertTo: 'int',
  default: 100 * 1024,
  minValue: 1,
  maxValue: 64 * 1024 * 1024,
});
export const bufferSize = defineConfigOption({
  name: 'buffer_size',
  description:
    'Taken for the sake of existing configurations, and without effect: a connection never holds more than one unfinished request.',
  convertTo: 'int',
  default: 100 * 1024,
});
export const maxConnections = defineConfigOption({
  name: 'max_connections',
  description: 'Most connections to each port at the same time; more are refused.',
  convertTo: 'int',
  default: 500,
  minValue: 1,
  maxValue: 100_000,
});
export const useOriginalTime = defineConfigOption({
  name: 'use_original_time',
  description:
    'Write each line with the time that the sender gave, instead of that time in the field `orig_time`.',
  convertTo: 'bool',
  default: false,
});

export const flushDelay = defineConfigOption({
  name: 'monitor_log_flush_delay',
  description: 'Seconds that lines may wait before they are written to the metric log.',
  convertTo: 'float',
  default: 1,
  minValue: 0,
});
