/*
 * A collector that has no file descriptor left: `node out-of-files.mjs ISOLATION`. Starts a host and prints what came of it.
 */
import { openSync } from 'node:fs';
import { systemClock } from '../../../dist/src/clock/system-clock.js';
import { createHost } from '../../../dist/src/host/create-host.js';

const host = createHost({
  isolation: process.argv[2],
  pluginUrl: new URL('../../fixtures/plugins/plain.mjs', import.meta.url).href,
  monitor: 'fixture()',
  module: 'fixture',
  id: '',
  config: {},
  defaultSampleIntervalSecs: 30,
  globalRateMetricNames: [],
  debugLevel: 0,
  memoryLimitBytes: 128 * 1024 * 1024,
  environment: process.env,
  clock: systemClock,
  listener: { onReadable() {}, onDiagnostic() {} },
});

try {
  for (;;) openSync('/dev/null');
} catch {
  const outcome = await host.start();
  process.stdout.write(`${outcome.kind}: ${outcome.message}\n`);
}
