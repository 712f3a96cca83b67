import { describe, expect, it } from 'vitest';
import { describeEachHost } from './describe-each-host.ts';

describeEachHost('the life of a host', (hosts) => {
  describe('start', () => {
    it('tells what the monitor says about itself', async () => {
      const outcome = await hosts.startOutcome('counts.ts');

      expect(outcome).toEqual({
        kind: 'started',
        description: {
          description: 'Counts',
          drivesItself: false,
          disabled: false,
          sampleIntervalSecs: 30,
          metricLog: { path: 'fixture.log', writeRate: 2000, maxWriteBurst: 100_000, flushDelaySecs: 0 },
          metrics: [],
        },
      });
    });

    it('tells that the monitor drives itself', async () => {
      expect(await hosts.startOutcome('own-run.ts')).toMatchObject({ description: { drivesItself: true } });
    });

    it('tells that the monitor disabled itself', async () => {
      expect(await hosts.startOutcome('disables-itself.ts')).toMatchObject({
        description: { disabled: true },
      });
    });

    it('fails when initialize throws, and the stack points into the plugin', async () => {
      const outcome = await hosts.startOutcome('throws-in-initialize.ts');

      expect(outcome).toMatchObject({ kind: 'failed', message: 'the device is not there' });
      expect(outcome).toHaveProperty(
        'stack',
        expect.stringMatching(/\/test\/fixtures\/plugins\/throws-in-initialize\.ts:6:\d+/),
      );
    });

    it('ends by itself after a start that failed', async () => {
      const test = await hosts.unstarted('throws-in-initialize.ts');

      await test.host.start();

      expect(await test.host.exited).toEqual({
        reason: 'crashed',
        message: 'Could not be started: the device is not there',
      });
    });

    it('tells a bad configuration from a failure', async () => {
      expect(await hosts.startOutcome('bad-configuration.ts')).toEqual({
        kind: 'bad-configuration',
        message: 'Cannot watch "nothing": wanted the name of a device',
        field: 'device',
      });
    });

    it('names the classes of a module that exports two', async () => {
      expect(await hosts.startOutcome('two-classes.ts')).toMatchObject({
        kind: 'bad-configuration',
        message:
          'Cannot choose a monitor class in "fixture": found First, Second, wanted one; export only the class that shall run',
      });
    });

    it('names the exports of a module without a monitor class', async () => {
      expect(await hosts.startOutcome('no-class.ts')).toMatchObject({
        kind: 'bad-configuration',
        message:
          'Cannot find a monitor class in "fixture": found the exports answer, wanted one exported class that extends ScalyrMonitor',
      });
    });

    it('counts a class and its default export as one', async () => {
      expect(await hosts.startOutcome('default-export.ts')).toMatchObject({ kind: 'started' });
    });

    it('fails when the host is killed meanwhile', async () => {
      const test = await hosts.unstarted('counts.ts');
      const outcome = test.host.start();

      test.host.kill();

      expect(await outcome).toMatchObject({ kind: 'failed' });
      expect(await test.host.exited).toMatchObject({ reason: 'killed' });
    });
  });

  describe('run', () => {
    it('runs until it is stopped, and the last lines are kept', async () => {
      const test = await hosts.started('own-run.ts');
      const outcome = test.host.run();
      await test.until(() => test.lines.length === 1);

      await test.host.stop(5000);

      expect(await outcome).toEqual({ kind: 'ok' });
      expect(await test.host.exited).toEqual({ reason: 'stopped', message: 'Stopped' });
      await test.until(() => test.lines.length === 2);
      expect(test.lines).toEqual(['[fixture()] running true', '[fixture()] running false']);
    });

    it('finishes when run() returns', async () => {
      const test = await hosts.started('run-returns.ts');

      expect(await test.host.run()).toEqual({ kind: 'ok' });
      expect(await test.host.exited).toEqual({ reason: 'finished', message: 'Its run() returned' });
    });

    it('crashes when run() throws', async () => {
      const test = await hosts.started('run-throws.ts');

      expect(await test.host.run()).toMatchObject({ kind: 'failed', message: 'the connection was closed' });
      expect(await test.host.exited).toEqual({
        reason: 'crashed',
        message: 'Its run() threw: the connection was closed',
      });
    });
  });

  describe('stop', () => {
    it('ends an idle monitor', async () => {
      const test = await hosts.started('counts.ts');

      await test.host.stop(5000);

      expect(await test.host.exited).toEqual({ reason: 'stopped', message: 'Stopped' });
    });

    it('lets a gather in progress finish', async () => {
      const test = await hosts.started('slow-gather.ts');
      const outcome = test.host.gather();

      await test.host.stop(5000);

      expect(await outcome).toEqual({ kind: 'ok' });
      await test.until(() => test.lines.length === 1);
      expect(test.lines).toEqual(['[fixture()] after 1']);
    });

    it.each(['never-returns.ts', 'never-resolves.ts'])(
      'ends by force what does not stop: %s',
      async (plugin) => {
        const test = await hosts.started(plugin);
        const outcome = test.host.gather();
        await test.until(() => test.lines.length === 1);

        await test.host.stop(100);

        const exit = { reason: 'killed', message: 'Ended by force: it did not stop within 100 ms' };
        expect(await outcome).toEqual({ kind: 'exited', exit });
      },
    );

    it('resolves at once when the host is gone or was never started', async () => {
      const gone = await hosts.started('run-returns.ts');
      await gone.host.run();
      await gone.host.exited;
      const unstarted = await hosts.unstarted('counts.ts');

      await gone.host.stop(5000);
      await unstarted.host.stop(5000);

      expect(await unstarted.host.exited).toMatchObject({ reason: 'stopped' });
    });
  });
});
