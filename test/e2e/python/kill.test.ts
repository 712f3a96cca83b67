import path from 'node:path';
import { expect, it } from 'vitest';
import { gone, numberIn } from '../host/gone.ts';
import { CollectorFolder } from '../support/collector-folder.ts';

const PLUGINS = path.resolve(import.meta.dirname, '../../fixtures/python');

it.each(['starts_children', 'forks_child', 'ignores_sigterm'])(
  'leaves nothing behind when the collector is killed: %s',
  async (module) => {
    const folder = new CollectorFolder({
      monitors: [{ module, sample_interval: 3600 }],
      additional_monitor_module_paths: PLUGINS,
    });
    const collector = await folder.startAndWait();
    const wanted = module === 'ignores_sigterm' ? 1 : 2;
    while (folder.log(`${module}.log`).length < wanted)
      await new Promise((resolve) => setTimeout(resolve, 50));

    await collector.kill();

    const pids = folder.log(`${module}.log`).map(numberIn);
    expect(pids).toHaveLength(wanted);
    for (const pid of pids) await gone(pid);
  },
);
