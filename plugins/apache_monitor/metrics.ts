import { defineMetric } from 'scalyr-otel-bridge';

/** What is taken from Apache's status page. */
export const metrics = [
  defineMetric({ name: 'apache.workers.active', description: 'Workers that handle a request.' }),
  defineMetric({ name: 'apache.workers.idle', description: 'Workers that wait for a request.' }),
  defineMetric({ name: 'apache.connections.active', description: 'Open connections.' }),
  defineMetric({
    name: 'apache.connections.writing',
    description: 'Connections on which an answer is being written.',
  }),
  defineMetric({
    name: 'apache.connections.idle',
    description: 'Connections kept alive that wait for a request.',
  }),
  defineMetric({ name: 'apache.connections.closing', description: 'Connections that are being closed.' }),
];
