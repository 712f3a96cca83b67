import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfiguration } from '../../../src/config/load-configuration.ts';
import { Float } from '../../../src/metric-line/float.ts';
import {
  accepted,
  configFolder,
  configurationOf,
  load,
  problemsIn,
  problemsOf,
  warningsOf,
} from './config-folder.ts';

describe('loadConfiguration', () => {
  it('fills in every default for an empty object', () => {
    const folder = configFolder({ 'agent.json': '{}' });

    const { configuration, warnings } = accepted(load(folder));

    expect(warnings).toEqual([]);
    expect(configuration).toEqual({
      files: [join(folder, 'agent.json')],
      agentLogPath: join(folder, 'log'),
      agentDataPath: join(folder, 'data'),
      monitors: [],
      serverAttributes: { serverHost: 'test-host' },
      global: {
        configChangeCheckIntervalSecs: 30,
        sampleIntervalSecs: 30,
        sampleIntervalJitter: true,
        modulePaths: [join(folder, 'monitors/local'), join(folder, 'monitors/contrib')],
        logRotationMaxBytes: 20_971_520,
        logRotationBackupCount: 2,
        calculateRateMetricNames: [],
        debugLevel: 0,
        secretVariables: [],
      },
      otel: {
        backends: [],
        exportIntervalMs: 5000,
        resourceAttributes: {},
        spool: { maxBytes: 1_073_741_824, fsync: 'interval' },
        text: 'logs',
        cumulative: 'gauge',
        dropAttributes: [],
        isolation: { memoryLimitBytes: 268_435_456, gatherDeadlineMs: 60_000, shareAbove: 8 },
        python: {},
        selfMetrics: { enabled: false, intervalMs: 60_000 },
      },
    });
  });

  it('gives the defaults and the variables when there is no file', () => {
    const outcome = loadConfiguration({
      folder: '/nowhere',
      environment: { SCALYR_DEBUG_LEVEL: '3' },
      hostname: 'test-host',
    });

    expect(accepted(outcome).configuration).toMatchObject({
      files: [],
      agentLogPath: '/nowhere/log',
      global: { debugLevel: 3 },
    });
  });

  it('gives a monitor its whole entry, with exact numbers, and the place where it stands', () => {
    const folder = configFolder({
      'agent.json':
        '{\n  monitors: [\n    { module: "a.b.tick", whole: 5, point: 5.0, big: 18446744073709551616, none: null }\n  ]\n}',
    });

    expect(accepted(load(folder)).configuration.monitors).toEqual([
      {
        module: 'a.b.tick',
        id: '',
        name: 'tick()',
        config: { module: 'a.b.tick', whole: 5, point: new Float(5), big: 18446744073709551616n },
        source: { file: join(folder, 'agent.json'), line: 3, column: 5 },
        stopAgentOnFailure: false,
      },
    ]);
  });

  it('leaves the keys of the agent alone that it does not know', () => {
    const agentJson = '{ api_key: 5, logs: "anything", max_send_rate_enforcement: {}, k8s_logs: [] }';

    expect(warningsOf(configFolder({ 'agent.json': agentJson }))).toEqual([]);
  });

  it('warns of a key that is nearly one of its own', () => {
    expect(warningsOf(configFolder({ 'agent.json': '{ otle: {}, Monitors: [] }' }))).toEqual([
      'agent.json:1:9: otle: this key is not known and left alone: did you mean "otel"?',
      'agent.json:1:23: Monitors: this key is not known and left alone: did you mean "monitors"?',
    ]);
  });

  it('takes folders relative to agent.json, and several module paths', () => {
    const folder = configFolder({
      'agent.json':
        '{ agent_log_path: "/var/log/x", agent_data_path: "lib", additional_monitor_module_paths: "one:/two" }',
    });

    const { agentLogPath, agentDataPath, global } = accepted(load(folder)).configuration;

    expect([agentLogPath, agentDataPath]).toEqual(['/var/log/x', join(folder, 'lib')]);
    expect(global.modulePaths.slice(2)).toEqual([join(folder, 'one'), '/two']);
  });

  it('takes a key from SCALYR_<KEY> only when no file has it, and takes an empty variable for none', () => {
    const { global } = configurationOf('{ debug_level: 1 }', {
      SCALYR_DEBUG_LEVEL: '5',
      SCALYR_GLOBAL_MONITOR_SAMPLE_INTERVAL: '12.5',
      SCALYR_CALCULATE_RATE_METRIC_NAMES: '[a:b, "c:d"]',
      SCALYR_LOG_ROTATION_BACKUP_COUNT: '',
    });

    expect(global).toMatchObject({
      debugLevel: 1,
      sampleIntervalSecs: 12.5,
      calculateRateMetricNames: ['a:b', 'c:d'],
      logRotationBackupCount: 2,
    });
  });

  it('warns of two instances with one name', () => {
    const folder = configFolder({
      'agent.json': '{ monitors: [{ module: "tick", id: "a" }, { module: "x.tick", id: "a" }] }',
    });

    expect(warningsOf(folder)).toEqual([
      'agent.json:1:43: monitors[1]: there is a "tick(a)" already, and their values cannot be told apart: give each an "id" of its own',
    ]);
  });

  it('merges server_attributes of all files, the later over the earlier, with a warning', () => {
    const folder = configFolder({
      'agent.json': '{ server_attributes: { tier: "prod", cores: 8, load: 1.0, "__proto__": "x" } }',
      'agent.d/a.json': '{ server_attributes: { tier: "test", serverHost: "web-1" } }',
    });

    const { configuration, warnings } = accepted(load(folder));

    expect(Object.entries(configuration.serverAttributes)).toEqual([
      ['serverHost', 'web-1'],
      ['tier', 'test'],
      ['cores', '8'],
      ['load', '1.0'],
      ['__proto__', 'x'],
    ]);
    expect(warnings.map(({ path }) => path)).toEqual(['server_attributes.tier']);
  });
});

describe('loadConfiguration, given something wrong', () => {
  it('reports the problems of all files at once, in the order of files and lines', () => {
    const folder = configFolder({
      'agent.json': '{\n  debug_level: 9\n  monitors: [{ id: 1 }, { module: "tick", sample_interval: 0 }]\n}',
      'agent.d/broken.json': '{ monitors: [',
      'agent.d/otel.json': '{ otel: { text: "log", spol: {} } }',
    });

    expect(problemsOf(folder)).toEqual([
      'agent.json:2:16: debug_level: wanted a whole number from 0 to 5, found 9',
      'agent.json:3:14: monitors[0]: "module" is missing: wanted the name of a module, possibly dotted',
      'agent.json:3:60: monitors[1].sample_interval: wanted a number of seconds above 0, at most 2147483, found 0',
      'agent.d/broken.json:1:13: "[" is not closed: wanted "]"',
      'agent.d/otel.json:1:17: otel.text: wanted "logs", "info" or "drop", found "log"',
      'agent.d/otel.json:1:24: otel: "spol" is not an option here: did you mean "spool"?',
    ]);
  });

  it.each([
    ['{ monitors: {} }', 'agent.json:1:13: monitors: wanted a list of monitors, found an object'],
    ['{ monitors: ["x"] }', 'agent.json:1:14: monitors[0]: wanted an object, found a text'],
    [
      '{ monitors: [{ module: 5 }] }',
      'agent.json:1:24: monitors[0].module: wanted the name of a module, possibly dotted, found 5',
    ],
    [
      '{ monitors: [{ module: "../x" }] }',
      'agent.json:1:24: monitors[0].module: wanted the name of a module, possibly dotted, found "../x"',
    ],
    [
      '{ monitors: [{ module: "x", id: 1.0 }] }',
      'agent.json:1:33: monitors[0].id: wanted a text or a whole number, found 1.0',
    ],
    [
      '{ monitors: [{ module: "x", id: "a\\nb" }] }',
      'agent.json:1:33: monitors[0].id: wanted an id without line breaks and control characters',
    ],
    [
      '{ monitors: [{ module: "x", sample_interval: "x" }] }',
      'agent.json:1:46: monitors[0].sample_interval: wanted a number of seconds above 0, at most 2147483, found "x"',
    ],
    [
      '{ monitors: [{ module: "x", sample_interval: NaN }] }',
      'agent.json:1:46: monitors[0].sample_interval: wanted a number of seconds above 0, at most 2147483, found NaN',
    ],
    [
      '{ monitors: [{ module: "x", isolation: "vm" }] }',
      'agent.json:1:40: monitors[0].isolation: wanted "thread", "process" or "shared", found "vm"',
    ],
    [
      '{ server_attributes: { a: [] } }',
      'agent.json:1:27: server_attributes.a: wanted a text, number or boolean, found a list',
    ],
    [
      '{ config_directory: 5 }',
      'agent.json:1:21: config_directory: wanted a text that is not empty, found 5',
    ],
    [
      '{ import_vars: "X" }',
      'agent.json:1:16: import_vars: wanted a list of names, or of { var, default }, found a text',
    ],
    [
      '{ import_vars: [5, { default: "x" }] }',
      'agent.json:1:17: import_vars[0]: wanted a text that is not empty, found 5',
    ],
    ['[]', 'agent.json:1:1: wanted an object, { … }, as the whole of the file, found a list'],
  ])('points at it: %s', (agentJson, problem) => {
    expect(problemsIn(agentJson)).toContain(problem);
  });

  it('names the variable when the value comes from one', () => {
    expect(problemsIn('{}', { SCALYR_DEBUG_LEVEL: 'high' })).toEqual([
      'SCALYR_DEBUG_LEVEL:1:1: debug_level: wanted a whole number from 0 to 5, found "high"',
    ]);
  });
});
