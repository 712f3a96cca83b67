import { describe, expect, it } from 'vitest';
import { Float } from '../../../src/metric-line/float.ts';
import { describeEachHost, describeTypeScriptHosts } from './describe-each-host.ts';

describeEachHost('what comes out of a host', (hosts) => {
  describe('gather', () => {
    it('delivers the lines of each sample', async () => {
      const test = await hosts.started('counts');

      const outcomes = [await test.host.gather(), await test.host.gather()];
      await test.until(() => test.lines.length === 2);

      expect(outcomes).toEqual([{ kind: 'ok' }, { kind: 'ok' }]);
      expect(test.lines).toEqual(['[fixture()] count 1', '[fixture()] count 2']);
    });

    it('reports what gatherSample threw, keeps its lines, and the monitor lives on', async () => {
      const test = await hosts.started('throws-in-gather');

      const first = await test.host.gather();
      const second = await test.host.gather();
      await test.until(() => test.lines.length === 2);

      expect(first).toMatchObject({
        kind: 'failed',
        message: expect.stringContaining('the device does not answer'),
      });
      const place = hosts.place('throws-in-gather', { typescript: 7, python: 9 });
      expect(first).toHaveProperty('stack', expect.stringMatching(place));
      expect(second).toMatchObject({ kind: 'failed' });
    });

    it('gives the plugin its configuration with exact numbers', async () => {
      const config = { whole: 5, float: new Float(5), big: 12345678901234567890n, text: 'é "x"\n' };
      const test = await hosts.started('shows-config', { config });

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
      const test = await hosts.started('shows-environment', { environment });

      await test.host.gather();
      await test.until(() => test.lines.length === 1);

      expect(test.lines).toEqual(['[fixture()] names "PATH SCALYR_DEVICE"']);
    });

    it('delivers a million values of one sample', async () => {
      const test = await hosts.started('million-values');
      test.counting = true;

      const outcome = await test.host.gather();
      await test.until(() => test.count === 1_000_000);

      expect(outcome).toEqual({ kind: 'ok' });
    });

    it('delivers a line that is longer than the way out is wide', async () => {
      const test = await hosts.started('long-text');

      await test.host.gather();
      await test.until(() => test.lines.length === 1);

      expect(test.lines[0]).toBe(`[fixture()] text "${'x'.repeat(600_000)}"`);
    });

    it('refuses a line of more than a megabyte with an error in the plugin', async () => {
      const test = await hosts.started('too-long-text');

      expect(await test.host.gather()).toMatchObject({
        kind: 'failed',
        message: expect.stringMatching(
          /^(?:ValueError: )?Cannot emit a line of 20000\d\d bytes: a line may have at most 1048576/,
        ),
      });
    });
  });

  describe('printing and logging', () => {
    it('turns what the plugin prints into diagnostics', async () => {
      const test = await hosts.started('prints');

      await test.host.gather();
      await test.host.stop(5000);

      expect(test.messages('stdout')).toEqual(['hello from the plugin', 'no line break at the end']);
      expect(test.messages('stderr')).toEqual(['something looks odd']);
    });

    it('passes on what the plugin logs, with level, code and stack', async () => {
      const test = await hosts.started('logs');

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

    it.each([
      { plugin: 'floods-stdout', flood: 10_000 },
      { plugin: 'floods-diagnostics', flood: 100_000 },
    ])('keeps a flood small and says how many messages it dropped: $plugin', async ({ plugin, flood }) => {
      const test = await hosts.started(plugin);

      await test.host.gather();
      await test.host.stop(5000);

      const dropped = test.diagnostics.map(({ message }) => droppedBy(message));
      const passedOn = dropped.filter((count) => count === 0).length;
      expect(passedOn).toBeLessThan(3000);
      expect(passedOn + dropped.reduce((sum, count) => sum + count, 0)).toBe(flood);
    });
  });
});

describeTypeScriptHosts('what plugins may be', (hosts) => {
  it('runs plain JavaScript and files that import their siblings', async () => {
    const plain = await hosts.started('plain.mjs');
    const sibling = await hosts.started('imports-sibling');

    await plain.host.gather();
    await sibling.host.gather();
    await plain.until(() => plain.lines.length === 1);
    await sibling.until(() => sibling.lines.length === 2);

    expect(plain.lines).toEqual(['[fixture()] plain 1']);
    expect(sibling.lines).toEqual(['[fixture()] factor 7', '[fixture()] text "read from beside the plugin"']);
  });
});

/** How many messages a message stands for that says so; 0 for any other. */
function droppedBy(message: string): number {
  return Number(/^Dropped (\d+) messages?: at most 100 are taken in a second$/.exec(message)?.[1] ?? 0);
}
