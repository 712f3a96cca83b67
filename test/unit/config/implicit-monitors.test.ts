import { describe, expect, it } from 'vitest';
import { loadConfiguration } from '../../../src/config/load-configuration.ts';
import { accepted, configFolder, printed } from './config-folder.ts';

/** What the collector makes of agent.json on an operating system. */
function loadOn(platform: string, agentJson: string) {
  const folder = configFolder({ 'agent.json': agentJson });
  const outcome = loadConfiguration({ path: 'agent.json', folder, environment: {}, hostname: 'h', platform });
  const { configuration, warnings } = accepted(outcome);
  return {
    monitors: configuration.monitors.map(({ name, config }) => ({ name, config })),
    warnings: printed(warnings, folder),
  };
}

const MACHINE = { module: 'linux_system_metrics' };
const COLLECTOR = { module: 'linux_process_metrics', id: 'agent', pid: '$$' };

describe('monitors that run by themselves', () => {
  it('measure the machine and the collector, after those of the configuration', () => {
    expect(loadOn('linux', '{ monitors: [{ module: "random_coin" }] }')).toEqual({
      monitors: [
        { name: 'random_coin()', config: { module: 'random_coin' } },
        { name: 'linux_system_metrics()', config: MACHINE },
        { name: 'linux_process_metrics(agent)', config: COLLECTOR },
      ],
      warnings: [],
    });
  });

  it.each([
    ['{ implicit_metric_monitor: false }', ['linux_process_metrics(agent)']],
    ['{ implicit_agent_process_metrics_monitor: false }', ['linux_system_metrics()']],
    ['{ implicit_metric_monitor: false, implicit_agent_process_metrics_monitor: "false" }', []],
  ])('are switched off by %s', (agentJson, names) => {
    expect(loadOn('linux', agentJson).monitors.map(({ name }) => name)).toEqual(names);
  });

  it('are not there on other systems than Linux', () => {
    expect(loadOn('darwin', '{}').monitors).toEqual([]);
  });

  it('count last when ids are given, and a warning says that the machine is measured twice', () => {
    const agentJson = '{ monitors: [{ module: "scalyr_agent.builtin_monitors.linux_system_metrics" }] }';

    const { monitors, warnings } = loadOn('linux', agentJson);

    expect(monitors.map(({ name }) => name)).toEqual([
      'linux_system_metrics(1)',
      'linux_system_metrics(2)',
      'linux_process_metrics(agent)',
    ]);
    expect(warnings).toEqual([
      'agent.json:1:14: monitors[0]: "linux_system_metrics" runs by itself already, so its values come twice: set ' +
        '"implicit_metric_monitor" to false',
    ]);
  });

  it('leave an entry alone that measures another process', () => {
    const agentJson =
      '{ monitors: [{ module: "linux_process_metrics", id: "db", commandline: "postgres" }] }';

    const { monitors, warnings } = loadOn('linux', agentJson);

    expect(monitors.map(({ name }) => name)).toEqual([
      'linux_process_metrics(db)',
      'linux_system_metrics()',
      'linux_process_metrics(agent)',
    ]);
    expect(warnings).toEqual([]);
  });
});
