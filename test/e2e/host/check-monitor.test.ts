import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { checkMonitor } from '../../../src/agent/check-monitor.ts';
import type { Clock } from '../../../src/clock/clock.ts';
import { systemClock } from '../../../src/clock/system-clock.ts';
import { loadConfiguration } from '../../../src/config/load-configuration.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const FIXTURES = path.resolve(import.meta.dirname, '../../fixtures/plugins');

/** The deadlines of a minute come at once; initialize of the plugin never returns, so they come too early for nobody. */
const HASTY: Clock = {
  ...systemClock,
  schedule: (callback, delayMs) => systemClock.schedule(callback, delayMs === 60_000 ? 1 : delayMs),
};

it('says of a monitor whose initialize does not return that this is so', async () => {
  const environment = {
    SCALYR_ADDITIONAL_MONITOR_MODULE_PATHS: FIXTURES,
  };
  const loaded = loadConfiguration({ folder: tmpdir(), environment, hostname: 'host', platform: 'linux' });
  if (loaded.kind !== 'ok') throw new Error(loaded.problems[0]?.message);
  const { configuration } = loaded;
  const entry = {
    module: 'never-initialized',
    id: '',
    name: 'never-initialized()',
    config: {},
    source: { file: 'agent.json', line: 1, column: 1 },
    stopAgentOnFailure: false,
  };

  const check = await checkMonitor(entry, {
    configuration,
    global: configuration.global,
    isolation: configuration.otel.isolation,
    environment,
    cacheFolder: temporaryFolder(),
    clock: HASTY,
    onDiagnostic: () => {},
  });

  expect(check).toEqual({ kind: 'bad', message: 'initialize did not return within 60 s' });
});
