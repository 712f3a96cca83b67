/*
 * A collector whose start fails at its last step: `node start-fails.mjs FOLDER`. Prints why, and ends by itself when nothing
 * was left running.
 */
import path from 'node:path';
import { Agent } from '../../../dist/src/agent/agent.js';
import { systemClock } from '../../../dist/src/clock/system-clock.js';
import { loadConfiguration } from '../../../dist/src/config/load-configuration.js';

const folder = process.argv[2];
const { configuration } = loadConfiguration({
  path: path.join(folder, 'agent.json'),
  folder,
  environment: {},
  hostname: 'test-host',
});
const selfMetrics = { enabled: true, intervalMs: -1 };

await Agent.start({
  configuration: { ...configuration, otel: { ...configuration.otel, selfMetrics } },
  environment: process.env,
  clock: systemClock,
  random: Math.random,
  logger: { debug() {}, info() {}, warn() {}, error() {} },
  version: '0',
  pid: process.pid,
  onFatal() {},
}).catch((error) => process.stdout.write(`${error.message}\n`));
