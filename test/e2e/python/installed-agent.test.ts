import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeHosts } from '../host/describe-each-host.ts';
import { CollectorFolder } from '../support/collector-folder.ts';
import { runCli } from '../support/cli-process.ts';

/** Stands in for an installed Scalyr agent: see its README. */
const AGENT = path.resolve(import.meta.dirname, '../../fixtures/python-agent');
const MODULE = 'scalyr_agent.builtin_monitors.test_monitor';
const python = { scalyrAgentPath: AGENT };

describeHosts('python', (hosts) => {
  describe('otel.python.scalyr_agent_path', () => {
    it("runs the agent's own monitors on the agent's package, and takes all they write", async () => {
      const test = await hosts.started(MODULE, { python, config: { gauss_mean: 8.5 } });

      await test.host.gather();
      await test.until(() => test.lines.length === 5);

      expect(test.lines).toEqual([
        '[fixture()] gauss 8.5 count=1',
        String.raw`[fixture()] state "\u00e9"`,
        '[fixture()] df.total 264212084 mount="/"',
        '[fixture()] opened_with "/dev/null -1 -1"',
        '[fixture()] log_path "/var/log"',
      ]);
      expect(test.signals.join('')).toBe('mlmll');
      expect(test.diagnostics).toMatchObject([
        { level: 'warn', message: 'it is getting warm', errorCode: 'client/warm', origin: 'log' },
      ]);
    });

    it('is told in the description, with the metric log that the monitor asks for', async () => {
      const test = await hosts.unstarted(MODULE, { python, config: { gauss_mean: 8.5 } });

      expect(await test.host.start()).toMatchObject({
        description: {
          metricLog: { path: 'test_monitor.log', writeRate: 2000, maxWriteBurst: 100_000 },
          runtime: expect.stringContaining(
            `with the scalyr_agent package of the Scalyr agent in ${AGENT}, as otel.python.scalyr_agent_path says`,
          ),
        },
      });
    });

    it('tells a bad configuration from a failure', async () => {
      const test = await hosts.unstarted(MODULE, { python });

      expect(await test.host.start()).toEqual({
        kind: 'bad-configuration',
        message: 'Missing required field "gauss_mean"',
        field: 'gauss_mean',
      });
    });

    it('is stopped in good order', async () => {
      const test = await hosts.started(MODULE, { python, config: { gauss_mean: 8.5 } });

      await test.host.stop(5000);

      expect(await test.host.exited).toEqual({ reason: 'stopped', message: 'Stopped' });
    });
  });
});

describe('a configuration with an installed agent', () => {
  const monitors = [
    { module: MODULE, gauss_mean: 0.5, runtime: 'python' },
    { module: MODULE, gauss_mean: 0.5 },
  ];

  it("is checked: the dotted names of the agent's monitors mean the agent's", async () => {
    const folder = new CollectorFolder({ monitors, otel: { python: { scalyr_agent_path: AGENT } } });

    const { stdout } = await runCli(['check'], { cwd: folder.path });

    expect(
      stdout.match(/test_monitor\(\d\): every 30 s, in a process, Python .* of the Scalyr agent in/g),
    ).toHaveLength(2);
  });

  it('has no problem without an agent either: they mean those of the collector', async () => {
    const folder = new CollectorFolder({ monitors: monitors.slice(1) });

    const { stdout } = await runCli(['check'], { cwd: folder.path });

    expect(stdout).toMatch(/test_monitor\(\): every 30 s, in a thread/);
  });
});
