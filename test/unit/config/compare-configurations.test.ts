import { describe, expect, it } from 'vitest';
import { compareConfigurations } from '../../../src/config/compare-configurations.ts';
import type { Configuration } from '../../../src/config/configuration.ts';
import { configurationOf } from './config-folder.ts';

/** As if all were read from one folder. */
function load(text: string): Configuration {
  const configuration = configurationOf(text);
  const global = { ...configuration.global, modulePaths: [] };
  return { ...configuration, agentLogPath: '/log', agentDataPath: '/data', global };
}

const BEFORE = '{ monitors: [{ module: "a", x: 5 }, { module: "b" }] }';

describe('compareConfigurations', () => {
  it('does not see comments, blank lines and the place of an entry', () => {
    expect(
      compareConfigurations(
        load(BEFORE),
        load('{\n// c\n monitors: [{ x: 5,\n module: "a" }, { module: "b" }] }'),
      ),
    ).toBe('none');
  });

  it.each([
    ['an option', '{ monitors: [{ module: "a", x: 6 }, { module: "b" }] }'],
    ['the kind of a number', '{ monitors: [{ module: "a", x: 5.0 }, { module: "b" }] }'],
    ['a monitor less', '{ monitors: [{ module: "a", x: 5 }] }'],
    ['the order', '{ monitors: [{ module: "b" }, { module: "a", x: 5 }] }'],
  ])('sees that only monitors changed: %s', (_what, text) => {
    expect(compareConfigurations(load(BEFORE), load(text))).toBe('monitors');
  });

  it.each([
    ['a backend', '{ monitors: [], otel: { backends: [{ name: "x", endpoint: "http://x" }] } }'],
    ['the default interval', '{ monitors: [], global_monitor_sample_interval: 5 }'],
    ['a server attribute', '{ monitors: [], server_attributes: { tier: "web" } }'],
  ])('sees that more changed: %s', (_what, text) => {
    expect(compareConfigurations(load(BEFORE), load(text))).toBe('more');
  });
});
