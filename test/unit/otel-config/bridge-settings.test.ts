import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BackendSettings, Configuration } from '../../../src/config/configuration.ts';
import { loadConfiguration } from '../../../src/config/load-configuration.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../otel-config');

const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

/** The file's configuration; a problem or a warning in it fails the test with its text. */
function load(name: string): Configuration {
  const outcome = loadConfiguration({
    path: path.join(FOLDER, name),
    folder: FOLDER,
    environment: { OTLP_API_KEY: 'key from the environment', OTLP_AUTHORIZATION: 'Bearer abc' },
    hostname: 'here',
  });
  expect(outcome).toMatchObject({ kind: 'ok', warnings: [] });
  if (outcome.kind !== 'ok') throw new Error('Not loaded');
  return outcome.configuration;
}

function backends(name: string): readonly BackendSettings[] {
  return load(name).otel.backends;
}

describe('the sample settings', () => {
  it.each(FILES)('%s loads without a problem and runs a monitor', (name) => {
    expect(load(name).monitors.map((monitor) => monitor.module)).toContain('random_coin');
  });

  it.each(FILES)('%s is in the table of the README', (name) => {
    expect(readFileSync(path.join(FOLDER, 'README.md'), 'utf8')).toContain(`[${name}](${name})`);
  });

  it('local-collector.json delivers to the address that collector.yaml listens on', () => {
    const collector = readFileSync(path.join(FOLDER, 'collector.yaml'), 'utf8');

    expect(backends('local-collector.json')).toMatchObject([
      { endpoint: 'http://127.0.0.1:4318', signals: ['metrics', 'logs'], compression: 'none' },
    ]);
    expect(collector).toMatch(/^ {8}endpoint: 127\.0\.0\.1:4318$/m);
  });

  it('hosted-backend-with-header.json takes its key from the environment', () => {
    expect(backends('hosted-backend-with-header.json')).toMatchObject([
      { headers: { 'api-key': 'key from the environment' }, compression: 'gzip', timeoutMs: 30_000 },
    ]);
  });

  it('hosted-backend-with-header.json names the variable that is missing', () => {
    const outcome = loadConfiguration({
      path: path.join(FOLDER, 'hosted-backend-with-header.json'),
      folder: FOLDER,
      environment: {},
      hostname: 'here',
    });

    expect(outcome).toMatchObject({
      kind: 'invalid',
      problems: [{ message: expect.stringContaining('"OTLP_API_KEY" is not set') }],
    });
  });

  it('two-backends.json has two backends with settings of their own', () => {
    expect(backends('two-backends.json')).toMatchObject([
      { name: 'local-collector', signals: ['metrics', 'logs'], headers: {} },
      { name: 'hosted', signals: ['metrics'], headers: { authorization: 'Bearer abc' } },
    ]);
  });

  it('victoria-metrics.json sends each signal to the program that takes it, as protobuf', () => {
    expect(backends('victoria-metrics.json')).toMatchObject([
      { endpoint: 'http://127.0.0.1:8428/opentelemetry', signals: ['metrics'], protocol: 'http/protobuf' },
      {
        signalEndpoints: { logs: 'http://127.0.0.1:9428/insert/opentelemetry/v1/logs' },
        signals: ['logs'],
        protocol: 'http/protobuf',
      },
    ]);
  });

  it('prometheus.json sends no logs, and texts as gauges', () => {
    const { otel } = load('prometheus.json');

    expect(otel.backends).toMatchObject([
      { endpoint: 'http://127.0.0.1:9090/api/v1/otlp', signals: ['metrics'] },
    ]);
    expect(otel.text).toBe('info');
  });
});
