import { defineMetric } from 'scalyr-otel-bridge';

export const metrics = [
  defineMetric({
    name: 'message',
    description: 'A text: what a message says, without its header. Only with `parse_messages`.',
    extraFields: {
      app: 'program that sent it',
      facility: 'kind of program, as `auth` or `local0`',
      hostname: 'host that sent it, as it calls itself',
      level: 'how bad it is: `emerg`, `alert`, `crit`, `err`, `warning`, `notice`, `info`, `debug`',
      msgid: 'type of the message',
      procid: 'process that sent it',
      structured_data: 'structured data, as it stands in the message',
      timestamp: 'time in the message, as it stands there',
    },
  }),
];
