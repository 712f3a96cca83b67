import { afterEach, describe, expect, it } from 'vitest';
import { Float } from '../../../src/metric-line/float.ts';
import { HostUnderTest, type HostUnderTestOptions } from './host-under-test.ts';

const MEBIBYTE = 1024 * 1024;

describe.each(['thread', 'process'] as const)('a monitor host with isolation "%s"', (isolation) => {
  const hosts: HostUnderTest[] = [];

  async function started(
    plugin: string,
    options: Partial<HostUnderTestOptions> = {},
  ): Promise<HostUnderTest> {
    const test = await HostUnderTest.started(plugin, { isolation, ...options });
    hosts.push(test);
    return test;
  }

  async function startOutcome(plugin: string): Promise<unknown> {
    const test = await HostUnderTest.of(plugin, { isolation });
    hosts.push(test);
    return test.host.start();
  }

  afterEach(async () => {
    for (const { host } of hosts.splice(0)) {
      host.kill();
      await host.exited;
    }
  });

  describe('start', () => {
    it('tells what the monitor says about itself', async () => {
      const outcome = await startOutcome('counts.ts');

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
      expect(await startOutcome('own-run.ts')).toMatchObject({ description: { drivesItself: true } });
    });

    it('tells that the monitor disabled itself', async () => {
      expect(await startOutcome('disables-itself.ts')).toMatchObject({ description: { disabled: true } });
    });

    it('fails when initialize throws, and the stack points into the plugin', async () => {
      const outcome = await startOutcome('throws-in-initialize.ts');

      expect(outcome).toMatchObject({ kind: 'failed', message: 'the device is not there' });
      expect(outcome).toHaveProperty('stack', expect.stringMatching(/throws-in-initialize\.ts:6:\d+/));
    });

    it('ends by itself after a start that failed', async () => {
      const test = await HostUnderTest.of('throws-in-initialize.ts', { isolation });

      await test.host.start();

      expect(await test.host.exited).toEqual({
        reason: 'crashed',
        message: 'Could not be started: the device is not there',
      });
    });

    it('tells a bad configuration from a failure', async () => {
      expect(await startOutcome('bad-configuration.ts')).toEqual({
        kind: 'bad-configuration',
        message: 'Cannot watch "nothing": wanted the name of a device',
        field: 'device',
      });
    });

    it('names the classes of a module that exports two', async () => {
      expect(await startOutcome('two-classes.ts')).toMatchObject({
        kind: 'failed',
        message:
          'Cannot choose a monitor class in "fixture": found First, Second, wanted one; export only the class that shall run',
      });
    });

    it('names the exports of a module without a monitor class', async () => {
      expect(await startOutcome('no-class.ts')).toMatchObject({
        kind: 'failed',
        message:
          'Cannot find a monitor class in "fixture": found the exports answer, wanted one exported class that extends ScalyrMonitor',
      });
    });

    it('counts a class and its default export as one', async () => {
      expect(await startOutcome('default-export.ts')).toMatchObject({ kind: 'started' });
    });

    it('fails when the host is killed meanwhile', async () => {
      const test = await HostUnderTest.of('counts.ts', { isolation });
      const outcome = test.host.start();

      test.host.kill();

      expect(await outcome).toMatchObject({ kind: 'failed' });
      expect(await test.host.exited).toMatchObject({ reason: 'killed' });
    });
  });

  describe('gather', () => {
    it('delivers the lines of each sample', async () => {
      const test = await started('counts.ts');

      const outcomes = [await test.host.gather(), await test.host.gather()];
      await test.until(() => test.lines.length === 2);

      expect(outcomes).toEqual([{ kind: 'ok' }, { kind: 'ok' }]);
      expect(test.lines).toEqual(['[fixture()] count 1', '[fixture()] count 2']);
    });

    it('reports what gatherSample threw, keeps its lines, and the monitor lives on', async () => {
      const test = await started('throws-in-gather.ts');

      const first = await test.host.gather();
      const second = await test.host.gather();
      await test.until(() => test.lines.length === 2);

      expect(first).toMatchObject({ kind: 'failed', message: 'the device does not answer' });
      expect(first).toHaveProperty('stack', expect.stringMatching(/throws-in-gather\.ts:7:\d+/));
      expect(second).toMatchObject({ kind: 'failed' });
    });

    it('gives the plugin its configuration with exact numbers', async () => {
      const config = { whole: 5, float: new Float(5), big: 12345678901234567890n, text: 'é "x"\n' };
      const test = await started('shows-config.ts', { config });

      await test.host.gather();
      await test.until(() => test.lines.length === 4);

      expect(test.lines).toEqual([
        '[fixture()] whole 5',
        '[fixture()] float 5.0',
        '[fixture()] big "12345678901234567890"',
        String.raw`[fixture()] text "é \"x\"\n"`,
      ]);
    });

    it('hides the secrets of the collector from the plugin', async () => {
      const environment = {
        SCALYR_API_KEY: 'secret',
        OTEL_EXPORTER_OTLP_HEADERS: 'authorization=secret',
        OTEL_EXPORTER_OTLP_METRICS_HEADERS: 'authorization=secret',
        SCALYR_DEVICE: 'sda',
      };
      const test = await started('shows-environment.ts', { environment });

      await test.host.gather();
      await test.until(() => test.lines.length === 1);

      expect(test.lines).toEqual(['[fixture()] names "PATH SCALYR_DEVICE"']);
    });

    it('delivers a million values of one sample', async () => {
      const test = await started('million-values.ts');
      test.counting = true;

      const outcome = await test.host.gather();
      await test.until(() => test.count === 1_000_000);

      expect(outcome).toEqual({ kind: 'ok' });
    });

    it('delivers a line that is longer than the way out is wide', async () => {
      const test = await started('long-text.ts');

      await test.host.gather();
      await test.until(() => test.lines.length === 1);

      expect(test.lines[0]).toBe(`[fixture()] text "${'x'.repeat(600_000)}"`);
    });

    it('refuses a line of more than a megabyte with an error in the plugin', async () => {
      const test = await started('too-long-text.ts');

      expect(await test.host.gather()).toMatchObject({
        kind: 'failed',
        message: expect.stringMatching(
          /^Cannot emit a line of 20000\d\d bytes: a line may have at most 1048576/,
        ),
      });
    });

    it('runs plain JavaScript and files that import their siblings', async () => {
      const plain = await started('plain.mjs');
      const sibling = await started('imports-sibling.ts');

      await plain.host.gather();
      await sibling.host.gather();
      await plain.until(() => plain.lines.length === 1);
      await sibling.until(() => sibling.lines.length === 2);

      expect(plain.lines).toEqual(['[fixture()] plain 1']);
      expect(sibling.lines).toEqual([
        '[fixture()] factor 7',
        '[fixture()] text "read from beside the plugin"',
      ]);
    });
  });

  describe('a plugin that breaks its host', () => {
    it.each([
      { plugin: 'exits.ts', message: 'Ended by process.exit(3)' },
      { plugin: 'rejects-later.ts', message: 'Uncaught exception: nobody caught this' },
      { plugin: 'throws-later.ts', message: 'Uncaught exception: nobody caught this' },
    ])('is reported as crashed, and its lines are kept: $plugin', async ({ plugin, message }) => {
      const test = await started(plugin);

      await test.host.gather();

      expect(await test.host.exited).toEqual({ reason: 'crashed', message });
      await test.until(() => test.lines.length === 1);
      expect(test.lines).toEqual(['[fixture()] before 1']);
    });

    it('ends the gather in progress as exited', async () => {
      const test = await started('exits.ts');

      expect(await test.host.gather()).toEqual({
        kind: 'exited',
        exit: { reason: 'crashed', message: 'Ended by process.exit(3)' },
      });
    });

    it('answers a later gather with the exit', async () => {
      const test = await started('exits.ts');
      await test.host.gather();

      expect(await test.host.gather()).toMatchObject({ kind: 'exited', exit: { reason: 'crashed' } });
    });

    it('gives the stack of an uncaught exception as a diagnostic', async () => {
      const test = await started('throws-later.ts');
      await test.host.gather();
      await test.host.exited;

      expect(test.diagnostics).toContainEqual(
        expect.objectContaining({ level: 'error', stack: expect.stringContaining('throws-later.ts:8:') }),
      );
    });

    it.each(['leaks.ts', 'leaks-one-array.ts'])(
      'runs out of memory alone, and its lines are kept: %s',
      async (plugin) => {
        const test = await started(plugin, { memoryLimitBytes: 64 * MEBIBYTE });

        const outcome = await test.host.gather();

        expect(outcome).toMatchObject({ kind: 'exited', exit: { reason: 'out-of-memory' } });
        await test.until(() => test.lines.length === 1);
        expect(test.lines).toEqual(['[fixture()] before 1']);
      },
    );

    it('runs out of memory by buffers outside of the heap', async () => {
      const test = await started('leaks-buffers.ts', { memoryLimitBytes: 64 * MEBIBYTE });

      let outcome = await test.host.gather();
      while (outcome.kind === 'ok') outcome = await test.host.gather();

      expect(await test.host.exited).toMatchObject({ reason: 'out-of-memory' });
    });

    it('may allocate more than its limit as long as it keeps less', async () => {
      const test = await started('wastes-memory.ts', { memoryLimitBytes: 64 * MEBIBYTE });

      expect(await test.host.gather()).toEqual({ kind: 'ok' });
    });

    it('can be killed in an endless loop, and its lines are kept', async () => {
      const test = await started('never-returns.ts');
      const outcome = test.host.gather();
      await test.until(() => test.lines.length === 1);

      test.host.kill();

      expect(await outcome).toEqual({
        kind: 'exited',
        exit: { reason: 'killed', message: 'Ended by force' },
      });
      expect(test.lines).toEqual(['[fixture()] before 1']);
    });

    it('can be killed while it waits for room for its lines', async () => {
      const test = await HostUnderTest.of('million-values.ts', { isolation });
      hosts.push(test);
      await test.host.start();
      const drain = test.host.drain.bind(test.host);
      test.host.drain = () => undefined;
      const outcome = test.host.gather();
      await new Promise((resolve) => setTimeout(resolve, 200));

      test.host.kill();

      expect(await outcome).toMatchObject({ kind: 'exited', exit: { reason: 'killed' } });
      expect(drain(1024 * 1024)?.count).toBeGreaterThan(0);
    });
  });

  describe('printing and logging', () => {
    it('turns what the plugin prints into diagnostics', async () => {
      const test = await started('prints.ts');

      await test.host.gather();
      await test.host.stop(5000);

      expect(test.messages('stdout')).toEqual(['hello from the plugin', 'no line break at the end']);
      expect(test.messages('stderr')).toEqual(['something looks odd']);
    });

    it('passes on what the plugin logs, with level, code and stack', async () => {
      const test = await started('logs.ts');

      await test.host.gather();
      await test.until(() => test.diagnostics.length === 3);

      expect(test.diagnostics).toMatchObject([
        { level: 'info', message: 'all is well', origin: 'log' },
        { level: 'warn', message: 'it is getting warm', origin: 'log' },
        {
          level: 'error',
          message: 'it burns',
          errorCode: 'client/fire',
          stack: expect.stringContaining('fire'),
        },
      ]);
    });

    it.each(['floods-stdout.ts', 'floods-diagnostics.ts'])(
      'keeps a flood small and says what it dropped: %s',
      async (plugin) => {
        const test = await started(plugin);

        await test.host.gather();
        await test.host.stop(5000);

        expect(test.diagnostics.length).toBeLessThan(3000);
        expect(test.diagnostics.at(-1)?.message).toMatch(
          /^Dropped \d+ messages: at most 100 are taken in a second$/,
        );
      },
    );
  });

  describe('run', () => {
    it('runs until it is stopped, and the last lines are kept', async () => {
      const test = await started('own-run.ts');
      const outcome = test.host.run();
      await test.until(() => test.lines.length === 1);

      await test.host.stop(5000);

      expect(await outcome).toEqual({ kind: 'ok' });
      expect(await test.host.exited).toEqual({ reason: 'stopped', message: 'Stopped' });
      await test.until(() => test.lines.length === 2);
      expect(test.lines).toEqual(['[fixture()] running true', '[fixture()] running false']);
    });

    it('finishes when run() returns', async () => {
      const test = await started('run-returns.ts');

      expect(await test.host.run()).toEqual({ kind: 'ok' });
      expect(await test.host.exited).toEqual({ reason: 'finished', message: 'Its run() returned' });
    });

    it('crashes when run() throws', async () => {
      const test = await started('run-throws.ts');

      expect(await test.host.run()).toMatchObject({ kind: 'failed', message: 'the connection was closed' });
      expect(await test.host.exited).toEqual({
        reason: 'crashed',
        message: 'Its run() threw: the connection was closed',
      });
    });
  });

  describe('stop', () => {
    it('ends an idle monitor', async () => {
      const test = await started('counts.ts');

      await test.host.stop(5000);

      expect(await test.host.exited).toEqual({ reason: 'stopped', message: 'Stopped' });
    });

    it('lets a gather in progress finish', async () => {
      const test = await started('slow-gather.ts');
      const outcome = test.host.gather();

      await test.host.stop(5000);

      expect(await outcome).toEqual({ kind: 'ok' });
      await test.until(() => test.lines.length === 1);
      expect(test.lines).toEqual(['[fixture()] after 1']);
    });

    it.each(['never-returns.ts', 'never-resolves.ts'])(
      'ends by force what does not stop: %s',
      async (plugin) => {
        const test = await started(plugin);
        const outcome = test.host.gather();
        await test.until(() => test.lines.length === 1);

        await test.host.stop(100);

        const exit = { reason: 'killed', message: 'Ended by force: it did not stop within 100 ms' };
        expect(await outcome).toEqual({ kind: 'exited', exit });
      },
    );

    it('resolves at once when the host is gone or was never started', async () => {
      const gone = await started('run-returns.ts');
      await gone.host.run();
      await gone.host.exited;
      const unstarted = await HostUnderTest.of('counts.ts', { isolation });

      await gone.host.stop(5000);
      await unstarted.host.stop(5000);

      expect(await unstarted.host.exited).toMatchObject({ reason: 'stopped' });
    });
  });
});
