import { defineMetric } from 'scalyr-otel-bridge';
import type { DeclaredMetric } from 'scalyr-otel-bridge';

const connector = 'the connector, as `http-nio-8080`';
const pool = 'the pool, as `g1_old_gen`';

/** What Tomcat's manager tells. */
export const metrics: readonly DeclaredMetric[] = [
  defineMetric({
    name: 'tomcat.runtime.memory_bytes',
    description: 'Memory of the Java machine.',
    unit: 'bytes',
    category: 'Java machine',
    extraFields: { type: '`free`, `total` or `max`' },
  }),
  ...[
    ['initial', 'Memory that the pool had at first.'],
    ['allocated', 'Memory that the pool has.'],
    ['max', 'The most that the pool can get; not there without a limit.'],
    ['used', 'Memory of the pool that is used.'],
  ].map(([name, description = '']) =>
    defineMetric({
      name: `tomcat.memory_pools.${name}`,
      description,
      unit: 'bytes',
      category: 'Java machine',
      extraFields: { pool },
    }),
  ),
  defineMetric({
    name: 'tomcat.runtime.threads',
    description: 'Threads of the connector.',
    category: 'Connectors',
    extraFields: { connector, type: '`max`, `active` or `busy`' },
  }),
  defineMetric({
    name: 'tomcat.runtime.processing_time_max',
    description: 'The longest that a request took.',
    unit: 'milliseconds',
    category: 'Connectors',
    extraFields: { connector },
  }),
  ...[
    { name: 'processing_time', description: 'What all requests took.', unit: 'milliseconds' },
    { name: 'request_count', description: 'Requests.' },
    { name: 'error_count', description: 'Requests that ended in an error.' },
  ].map(({ name, ...metric }) =>
    defineMetric({
      ...metric,
      name: `tomcat.runtime.${name}`,
      cumulative: true,
      category: 'Connectors',
      extraFields: { connector },
    }),
  ),
  defineMetric({
    name: 'tomcat.runtime.network_bytes',
    description: 'Bytes of requests and answers.',
    unit: 'bytes',
    cumulative: true,
    category: 'Connectors',
    extraFields: { connector, type: '`received` or `sent`' },
  }),
];
