import { defineConfigOption } from 'scalyr-otel-bridge';

export const username = defineConfigOption({
  name: 'database_username',
  description: 'User to connect as; see above what it may need.',
  convertTo: 'string',
  required: true,
});
export const password = defineConfigOption({
  name: 'database_password',
  description: 'Password of the user.',
  convertTo: 'string',
  required: true,
});
export const socket = defineConfigOption({
  name: 'database_socket',
  description: 'The Unix socket of the server, or `default`: where it usually is.',
  convertTo: 'string',
});
export const hostport = defineConfigOption({
  name: 'database_hostport',
  description:
    'Host and port of the server instead, as `db:3306`, `db` or `3306`, or `default`: `localhost:3306`.',
  convertTo: 'string',
});
export const useSsl = defineConfigOption({
  name: 'use_ssl',
  description: 'Whether to connect with TLS; the certificate must be trusted and be for the host.',
  convertTo: 'bool',
  default: false,
});
export const timeout = defineConfigOption({
  name: 'timeout',
  description: 'Seconds to wait for the connection, and for the answer to each statement.',
  convertTo: 'float',
  default: 10,
  minValue: 0.001,
  maxValue: 3600,
});
