/*
 * A collector that is going to be killed: `node collector.mjs PLUGIN CACHE_FOLDER`. Prints each line that the plugin in its own
 * process emits, then `sampled` once, and lives until somebody ends it.
 */
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../../dist/src/clock/system-clock.js';
import { createHost } from '../../../dist/src/host/create-host.js';
import { preparePlugin } from '../../../dist/src/host/plugin/prepare-plugin.js';

const file = fileURLToPath(new URL(`../../fixtures/plugins/${process.argv[2]}`, import.meta.url));
const plugin = await preparePlugin(file, { cacheFolder: process.argv[3] });
const expected = { 'starts-children.ts': 2 }[process.argv[2]] ?? 1;
let printed = 0;

const host = createHost({
  isolation: 'process',
  pluginUrl: plugin.url,
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
  listener: {
    onReadable() {
      for (let block = host.drain(65_536); block !== undefined; block = host.drain(65_536)) {
        process.stdout.write(block.text);
        printed += block.count;
      }
      if (printed === expected) process.stdout.write('sampled\n');
    },
    onDiagnostic() {},
  },
});

await host.start();
await host.gather();
setInterval(() => {}, 1000);
