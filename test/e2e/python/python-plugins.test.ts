import { describe, expect, it } from 'vitest';
import { describeHosts } from '../host/describe-each-host.ts';
import { gone, numberIn } from '../host/gone.ts';

describeHosts('python', (hosts) => {
  describe('what a plugin emits', () => {
    it('becomes the lines that the agent writes, whichever way it is written', async () => {
      const test = await hosts.started('every-odd-value');

      await test.host.gather();
      await test.until(() => test.lines.length === 16);

      expect(test.lines).toEqual([
        '[fixture()] m 18446744073709551616',
        '[fixture()] m 1e22',
        '[fixture()] m 1e-7',
        '[fixture()] m -0.0',
        '[fixture()] m null',
        '[fixture()] m null',
        '[fixture()] m true',
        '[fixture()] m 5',
        '[fixture()] m ""',
        String.raw`[fixture()] m "é\n漢"`,
        String.raw`[fixture()] m "a\ud800b"`,
        '[fixture()] sa_1_odd_name 1 a="x" b=2.0 value_=1',
        '[fixture(other)] m 1',
        '[fixture()] a=1 b=x',
        '[fixture()] df.total 264212084 mount="/"',
        '[fixture()] free text',
      ]);
    });

    it('is told apart by signal: numbers to metrics, texts to logs', async () => {
      const test = await hosts.started('every-odd-value');

      await test.host.gather();
      await test.until(() => test.lines.length === 16);

      expect(test.signals.join('')).toBe('mmmmmmmmlllmmlml');
    });

    it('comes with messages for what was refused, and from libraries', async () => {
      const test = await hosts.started('every-odd-value');

      await test.host.gather();

      expect(test.messages('log').filter((message) => !message.startsWith('Invalid '))).toEqual([
        'refused: UnsupportedValueType',
        'refused: UnsupportedValueType',
        'refused: UnsupportedValueType',
        'from a library',
      ]);
    });

    it('stays in one piece for each value when threads emit at once', async () => {
      const test = await hosts.started('uses-threads');

      await test.host.gather();
      await test.until(() => test.lines.length === 4000);

      const wellFormed = /^\[fixture\(\)\] step \d+ text="é{20}" thread=[0-3]$/;
      expect(test.lines.filter((line) => !wellFormed.test(line))).toEqual([]);
    });

    it('may come while a thread logs', async () => {
      const test = await hosts.started('logs-from-thread');

      await test.host.gather();
      await test.until(() => test.lines.length === 1);

      expect(test.messages('log')).toEqual(['from a thread']);
    });
  });

  describe('a plugin that ends its process', () => {
    it.each([
      { plugin: 'exits', how: 'Ended with exit code 3' },
      { plugin: 'exits-at-once', how: 'Ended with exit code 3' },
      { plugin: 'segfaults', how: 'Ended by signal SIGSEGV' },
    ])('is reported, and what it has emitted is not lost: $plugin', async ({ plugin, how }) => {
      const test = await hosts.started(plugin);

      expect(await test.host.gather()).toEqual({ kind: 'exited', exit: { reason: 'crashed', message: how } });
      await test.until(() => test.lines.length === 1);
      expect(test.lines).toEqual(['[fixture()] before 1']);
    });

    it('loses none of the monitor beside it', async () => {
      const neighbour = await hosts.started('counts');
      const crashing = await hosts.started('segfaults');

      await Promise.all([neighbour.host.gather(), crashing.host.gather()]);
      await crashing.host.exited;
      await neighbour.host.gather();
      await neighbour.until(() => neighbour.lines.length === 2);

      expect(neighbour.lines).toEqual(['[fixture()] count 1', '[fixture()] count 2']);
    });
  });

  describe('a plugin that meddles with its process', () => {
    it('is ended when it closes descriptors that are not its own', async () => {
      const test = await hosts.started('closes-descriptors');

      expect(await test.host.gather()).toEqual({
        kind: 'exited',
        exit: {
          reason: 'crashed',
          message: 'Ended because it had closed descriptors that are not its own',
        },
      });
      await test.until(() => test.lines.length === 1);
      expect(test.lines).toEqual(['[fixture()] before 1']);
    });

    it('reads nothing from stdin', async () => {
      const test = await hosts.started('reads-stdin');

      await test.host.gather();
      await test.until(() => test.lines.length === 1);

      expect(test.lines).toEqual(['[fixture()] characters 0']);
    });

    it('does not hold up its end by a thread that it leaves behind', async () => {
      const test = await hosts.started('leaves-thread');
      await test.host.gather();

      await test.host.stop(5000);

      expect(await test.host.exited).toEqual({ reason: 'stopped', message: 'Stopped' });
    });

    it.each(['starts-children', 'forks-child'])(
      'takes the processes it has started with it: %s',
      async (plugin) => {
        const test = await hosts.started(plugin);
        await test.host.gather();
        await test.until(() => test.lines.length === 2);

        await test.host.stop(5000);

        await gone(numberIn(test.lines[1]));
      },
    );

    it('is one monitor still when it forks and lets both processes run on', async () => {
      const test = await hosts.started('forks-carelessly');

      const outcomes = [await test.host.gather(), await test.host.gather()];
      await test.until(() => test.lines.length === 2);
      await test.host.stop(5000);

      expect(outcomes).toEqual([{ kind: 'ok' }, { kind: 'ok' }]);
      expect(test.lines).toEqual(['[fixture()] in_parent true', '[fixture()] in_parent true']);
    });

    it('is ended by SIGKILL when it ignores SIGTERM', async () => {
      const test = await hosts.started('ignores-sigterm');
      const outcome = test.host.gather();
      await test.until(() => test.lines.length === 1);

      await test.host.stop(0);

      expect(await outcome).toMatchObject({ kind: 'exited', exit: { reason: 'killed' } });
      await gone(numberIn(test.lines[0]));
    });
  });

  describe('what a plugin finds', () => {
    it('is the agent it was written for: its settings, and a thread of its own', async () => {
      const test = await hosts.started('looks-around');

      await test.host.gather();
      await test.until(() => test.lines.length === 4);

      expect(test.lines).toEqual([
        '[fixture()] log_path "/var/log"',
        '[fixture()] tier "test"',
        '[fixture()] thread true',
        '[fixture()] made_in_main_thread true',
      ]);
    });

    it('is its neighbours on the module path, also when it asks late', async () => {
      const test = await hosts.started('imports-late');

      await test.host.gather();
      await test.until(() => test.lines.length === 1);

      expect(test.lines).toEqual(['[fixture()] factor 7']);
    });

    it('is described with the Python and the package that it got', async () => {
      expect(await hosts.startOutcome('counts')).toMatchObject({
        description: {
          description: 'Emits its own count at every sample: 1, 2, 3 …',
          metricLog: { path: 'counts.log' },
          runtime: expect.stringMatching(
            /^Python 3\.\d+\.\d+ \(\/.*\) with the scalyr_agent package of the collector, as otel\.python\.scalyr_agent_path is not set$/,
          ),
        },
      });
    });
  });

  describe('a plugin that cannot be started', () => {
    it.each([
      {
        plugin: 'unsupported-system',
        kind: 'bad-configuration',
        message: 'Only runs on a machine with a water wheel.',
      },
      {
        plugin: 'no-class',
        kind: 'bad-configuration',
        message:
          'Cannot run "no_class": it has no class with ScalyrMonitor among its bases. A class derived from another monitor does not count, as in the agent; name ScalyrMonitor as a base as well',
      },
      {
        plugin: 'imports-missing',
        kind: 'failed',
        message: "ModuleNotFoundError: No module named 'a_package_that_nobody_has'",
      },
      {
        plugin: 'syntax-error',
        kind: 'failed',
        message: expect.stringMatching(/^SyntaxError: invalid syntax/),
      },
      {
        plugin: 'asks-for-insides',
        kind: 'failed',
        message: expect.stringMatching(
          /^ImportError: Cannot import "scalyr_agent\.copying_manager": .*otel\.python/,
        ),
      },
      {
        plugin: 'json',
        kind: 'failed',
        message: expect.stringMatching(
          /^ImportError: Cannot import the plugin ".*\/json\.py": Python has another module of the name "json", ".*"; give the plugin another name$/,
        ),
      },
    ])('says why: $plugin', async ({ plugin, kind, message }) => {
      expect(await hosts.startOutcome(plugin)).toMatchObject({ kind, message });
    });
  });

  it.each([
    { plugin: 'two-classes', line: '[fixture()] class "first"' },
    { plugin: 'subclass-of-subclass', line: '[fixture()] class "Base"' },
  ])('runs the class that the agent would pick: $plugin', async ({ plugin, line }) => {
    const test = await hosts.started(plugin);

    await test.host.gather();
    await test.until(() => test.lines.length === 1);

    expect(test.lines).toEqual([line]);
  });
});
