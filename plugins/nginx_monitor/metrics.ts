import { defineMetric } from 'scalyr-otel-bridge';

/** What the status page of nginx holds. */
export const metrics = [
  defineMetric({
    name: 'nginx.connections.active',
    description: 'Open connections of clients, waiting ones included.',
  }),
  defineMetric({
    name: 'nginx.connections.reading',
    description: 'Connections on which a request is being read.',
  }),
  defineMetric({
    name: 'nginx.connections.writing',
    description: 'Connections on which an answer is being written.',
  }),
  defineMetric({
    name: 'nginx.connections.waiting',
    description: 'Idle connections that wait for a request.',
  }),
  defineMetric({
    name: 'nginx.connections.accepted',
    description: 'Connections accepted since nginx was started.',
    cumulative: true,
  }),
  defineMetric({
    name: 'nginx.connections.handled',
    description: 'Connections that were handled; fewer than accepted when a limit was reached.',
    cumulative: true,
  }),
  defineMetric({
    name: 'nginx.requests',
    description: 'Requests since nginx was started.',
    cumulative: true,
  }),
];
