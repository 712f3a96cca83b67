import { expect, it } from 'vitest';
import { toResource } from '../../../src/otlp/resource.ts';
import { toResourceAttributes } from '../../../src/otlp/resource-attributes.ts';

it('takes over server_attributes and calls serverHost host.name', () => {
  const attributes = toResourceAttributes({
    serverAttributes: { serverHost: 'db-1', tier: 'prod' },
    otel: { resourceAttributes: {} },
  });
  expect(attributes).toEqual({ 'service.name': 'scalyr-otel-bridge', 'host.name': 'db-1', tier: 'prod' });
});

it('lets the resource attributes of the configuration win', () => {
  const attributes = toResourceAttributes({
    serverAttributes: { serverHost: 'db-1', tier: 'prod' },
    otel: {
      resourceAttributes: { 'service.name': 'coins', 'host.name': 'other', tier: 'test', replicas: 3 },
    },
  });
  expect(attributes).toEqual({ 'service.name': 'coins', 'host.name': 'other', tier: 'test', replicas: 3 });
});

it('keeps out of the resource what would break every request', () => {
  expect(toResource({ a: Number.NaN, b: 1e21, c: '\ud800', d: 1.5 }).attributes).toEqual({
    a: 'NaN',
    b: '1e+21',
    c: '\uFFFD',
    d: 1.5,
  });
});
