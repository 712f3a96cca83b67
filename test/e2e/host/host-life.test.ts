import { describe, expect, it } from 'vitest';
import { describeEachHost, describeTypeScriptHosts } from './describe-each-host.ts';

describeEachHost('the life of a host', (hosts) => {
  describe('start', () => {
    it('tells how the monitor is to be sampled and what it wants of its metric log', async () => {
      const outcome = await hosts.startOutcome('counts');

      expect(outcome).toMatchObject({
        kind: 'started',
        description: {
          drivesItself: false,
          disabled: false,
          sampleIntervalSecs: 30,
          metricLog: { writeRate: 2000, maxWriteBurst: 100_000, flushDelaySecs: 0 },
          metrics: [],
        },
      });
    });

    it('tells that the monitor drives itself', async () => {
      expect(await hosts.startOutcome('own-run')).toMatchObject({ description: { drivesItself: true } });
    });

    it('fails when initialize throws, and the stack points into the plugin', async () => {
      const outcome = await hosts.startOutcome('throws-in-initialize');

      expect(outcome).toMatchObject({
        kind: 'failed',
        message: expect.stringContaining('the device is not there'),
      });
      const place = hosts.place('throws-in-initialize', { typescript: 6, python: 8 });
      expect(outcome).toHaveProperty('stack', expect.stringMatching(place));
    });

    it('ends by itself after a start that failed', async () => {
      const test = await hosts.unstarted('throws-in-initialize');

      await test.host.start();

      expect(await test.host.exited).toEqual({
        reason: 'crashed',
        message: expect.stringMatching(/^Could not be started: (RuntimeError: )?the device is not there$/),
      });
    });

    it('tells a bad configuration from a failure', async () => {
      expect(await hosts.startOutcome('bad-configuration')).toEqual({
        kind: 'bad-configuration',
        message: 'Cannot watch "nothing": wanted the name of a device',
        field: 'device',
      });
    });

    it('fails when the host is killed meanwhile', async () => {
      const test = await hosts.unstarted('counts');
      const outcome = test.host.start();

      test.host.kill();

      expect(await outcome).toMatchObject({ kind: 'failed' });
      expect(await test.host.exited).toMatchObject({ reason: 'killed' });
    });
  });

  describe('run', () => {
    it('runs until it is stopped, and the last lines are kept', async () => {
      const test = await hosts.started('own-run');
      const outcome = test.host.run();
      await test.until(() => test.lines.length === 1);

      await test.host.stop(5000);

      expect(await outcome).toEqual({ kind: 'ok' });
      expect(await test.host.exited).toEqual({ reason: 'stopped', message: 'Stopped' });
      await test.until(() => test.lines.length === 2);
      expect(test.lines).toEqual(['[fixture()] running true', '[fixture()] running false']);
    });

    it('finishes when run() returns', async () => {
      const test = await hosts.started('run-returns');

      expect(await test.host.run()).toEqual({ kind: 'ok' });
      expect(await test.host.exited).toEqual({ reason: 'finished', message: 'Its run() returned' });
    });

    it('crashes when run() throws', async () => {
      const test = await hosts.started('run-throws');

      expect(await test.host.run()).toMatchObject({
        kind: 'failed',
        message: expect.stringContaining('the connection was closed'),
      });
      expect(await test.host.exited).toEqual({
        reason: 'crashed',
        message: expect.stringMatching(/^Its run\(\) threw: (RuntimeError: )?the connection was closed$/),
      });
    });
  });

  describe('stop', () => {
    it('ends an idle monitor', async () => {
      const test = await hosts.started('counts');

      await test.host.stop(5000);

      expect(await test.host.exited).toEqual({ reason: 'stopped', message: 'Stopped' });
    });

    it('lets a gather in progress finish', async () => {
      const test = await hosts.started('slow-gather');
      const outcome = test.host.gather();

      await test.host.stop(5000);

      expect(await outcome).toEqual({ kind: 'ok' });
      await test.until(() => test.lines.length === 1);
      expect(test.lines).toEqual(['[fixture()] after 1']);
    });

    it('ends by force what does not stop', async () => {
      const test = await hosts.started('never-returns');
      const outcome = test.host.gather();
      await test.until(() => test.lines.length === 1);

      await test.host.stop(100);

      const exit = { reason: 'killed', message: 'Ended by force: it did not stop within 100 ms' };
      expect(await outcome).toEqual({ kind: 'exited', exit });
    });

    it('resolves at once when the host is gone or was never started', async () => {
      const gone = await hosts.started('run-returns');
      await gone.host.run();
      await gone.host.exited;
      const unstarted = await hosts.unstarted('counts');

      await gone.host.stop(5000);
      await unstarted.host.stop(5000);

      expect(await unstarted.host.exited).toMatchObject({ reason: 'stopped' });
    });
  });
});

describeTypeScriptHosts('the life of a host with TypeScript in it', (hosts) => {
  it('tells what the monitor says about itself', async () => {
    const outcome = await hosts.startOutcome('counts');

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

  it('tells that the monitor disabled itself', async () => {
    expect(await hosts.startOutcome('disables-itself')).toMatchObject({
      description: { disabled: true },
    });
  });

  it('names the classes of a module that exports two', async () => {
    expect(await hosts.startOutcome('two-classes')).toMatchObject({
      kind: 'bad-configuration',
      message:
        'Cannot choose a monitor class in "fixture": found First, Second, wanted one; export only the class that shall run',
    });
  });

  it('names the exports of a module without a monitor class', async () => {
    expect(await hosts.startOutcome('no-class')).toMatchObject({
      kind: 'bad-configuration',
      message:
        'Cannot find a monitor class in "fixture": found the exports answer, wanted one exported class that extends ScalyrMonitor',
    });
  });

  it('counts a class and its default export as one', async () => {
    expect(await hosts.startOutcome('default-export')).toMatchObject({ kind: 'started' });
  });

  it('ends by force a promise that never resolves', async () => {
    const test = await hosts.started('never-resolves');
    const outcome = test.host.gather();
    await test.until(() => test.lines.length === 1);

    await test.host.stop(100);

    expect(await outcome).toMatchObject({ kind: 'exited', exit: { reason: 'killed' } });
  });
});
