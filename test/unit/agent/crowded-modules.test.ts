import { describe, expect, it } from 'vitest';
import { crowdedModules } from '../../../src/agent/crowded-modules.ts';
import type { MonitorEntry } from '../../../src/config/configuration.ts';

type Isolation = MonitorEntry['isolation'];

function instances(module: string, count: number, isolation?: Isolation): MonitorEntry[] {
  return Array.from({ length: count }, (_, index) => ({
    module,
    id: String(index),
    name: `${module.slice(module.lastIndexOf('.') + 1)}(${index})`,
    config: { module },
    source: { file: 'agent.json', line: 1, column: 1 },
    isolation,
    stopAgentOnFailure: false,
  }));
}

describe('crowdedModules', () => {
  it('are those with more instances than have a thread each', () => {
    const entries = [...instances('url_monitor', 9), ...instances('shell_monitor', 8)];

    expect([...crowdedModules(entries, 8)]).toEqual(['url_monitor']);
  });

  it('counts a module under all the dotted names that it is called by', () => {
    const entries = [
      ...instances('url_monitor', 5),
      ...instances('scalyr_agent.builtin_monitors.url_monitor', 5),
    ];

    expect([...crowdedModules(entries, 8)]).toEqual(['url_monitor']);
  });

  it('does not count instances that say where they live', () => {
    expect([...crowdedModules(instances('url_monitor', 9, 'process'), 8)]).toEqual([]);
  });

  it('does not count instances whose failure ends the collector', () => {
    const entries = instances('url_monitor', 9).map((entry) => ({ ...entry, stopAgentOnFailure: true }));

    expect([...crowdedModules(entries, 8)]).toEqual([]);
  });

  it('can be all', () => {
    expect([...crowdedModules(instances('url_monitor', 1), 0)]).toEqual(['url_monitor']);
  });
});
