import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { freePort } from './support/free-port.ts';

const CONFIG = path.resolve(import.meta.dirname, '../../otel-config/collector.yaml');

/** Path of a real OpenTelemetry Collector. There is no small package of it, so the machine has to bring it. */
const OTELCOL = process.env['OTELCOL'] ?? '';

it.skipIf(OTELCOL === '')('collector.yaml is valid to a real Collector', () => {
  expect(() => execFileSync(OTELCOL, ['validate', '--config', CONFIG], { stdio: 'pipe' })).not.toThrow();
});

it.skipIf(OTELCOL === '')('collector.yaml makes a real Collector print the points it is sent', async () => {
  const endpoint = `127.0.0.1:${await freePort()}`;
  const collector = spawn(OTELCOL, [
    '--config',
    CONFIG,
    `--set=receivers.otlp.protocols.http.endpoint=${endpoint}`,
    '--set=service.telemetry.metrics.level=none',
  ]);
  onTestFinished(() => void collector.kill('SIGKILL'));
  let printed = '';
  collector.stderr.on('data', (chunk) => (printed += String(chunk)));
  const body = JSON.stringify({
    resourceMetrics: [
      {
        scopeMetrics: [
          {
            metrics: [
              { name: 'coin.uniform', gauge: { dataPoints: [{ timeUnixNano: '1', asDouble: 0.5 }] } },
            ],
          },
        ],
      },
    ],
  });

  await expect.poll(() => printed, { timeout: 20_000 }).toContain('Everything is ready');
  const answer = await fetch(`http://${endpoint}/v1/metrics`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
  });
  await expect.poll(() => printed, { timeout: 20_000 }).toContain('coin.uniform');
  const exited = once(collector, 'exit');
  collector.kill('SIGTERM');
  await Promise.race([exited, pause(10_000)]);

  expect(answer.status).toBe(200);
  expect(collector.exitCode).toBe(0);
});
