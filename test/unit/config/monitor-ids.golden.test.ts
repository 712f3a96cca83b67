import { describe, expect, it } from 'vitest';
import { accepted, configFolder, configurationOf, load } from './config-folder.ts';
import { goldenMonitorNames } from './golden-monitor-names.ts';

describe('the names of monitors, against those that the Scalyr agent gave', () => {
  it.each([
    ['two no id', '{ module: "two_classes" } \n { module: "two_classes" }'],
    ['one no id', '{ module: "two_classes" }'],
    ['one id', '{ module: "two_classes", id: "a" }'],
    ['mixed', '{ module: "two_classes", id: "2" }, { module: "two_classes" }'],
    [
      'mixed other order',
      '{ module: "two_classes" }, { module: "two_classes", id: "b" }, { module: "two_classes" }',
    ],
    ['dup ids', '{ module: "two_classes", id: "a" }, { module: "two_classes", id: "a" }'],
    ['id int 0', '{ module: "two_classes", id: 0 }'],
    ['id 5', '{ module: "two_classes", id: 5 }'],
    ['id null', '{ module: "two_classes", id: null }'],
    ['same last component', '{ module: "pkg.sub.deep" }, { module: "mixin" }'],
    ['sample_interval str', '{ module: "two_classes", sample_interval: "7" }'],
  ])('%s', (recorded, monitors) => {
    const { monitors: entries } = configurationOf(`{ monitors: [ ${monitors} ] }`);

    expect(entries.map(({ name }) => name)).toEqual(goldenMonitorNames(recorded));
  });

  it('frag order', () => {
    const folder = configFolder({
      'agent.json': '{ monitors: [{ module: "two_classes", id: "main" }] }',
      'agent.d/.d.json': '{ monitors: [{ module: "two_classes", id: "d" }] }',
      'agent.d/a.json': '{ monitors: [{ module: "two_classes", id: "a" }] }',
      'agent.d/b.json': '{ monitors: [{ module: "two_classes", id: "b" }] }',
    });

    const { configuration } = accepted(load(folder));

    expect(configuration.monitors.map(({ name }) => name)).toEqual(goldenMonitorNames('frag order'));
  });

  it('import_vars in main applies to frag?', () => {
    const folder = configFolder({
      'agent.json': '{ import_vars: ["VX"], monitors: [{ module: "two_classes", id: "$VX-m" }] }',
      'agent.d/a.json': '{ monitors: [{ module: "two_classes", id: "$VX-f" }] }',
      'agent.d/b.json': '{ import_vars: ["VX"], monitors: [{ module: "two_classes", id: "x$VXy ${VX}" }] }',
    });

    const { configuration } = accepted(load(folder, { VX: 'sub' }));

    expect(configuration.monitors.map(({ name }) => name)).toEqual(
      goldenMonitorNames('import_vars in main applies to frag?'),
    );
  });
});
