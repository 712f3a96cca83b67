import { describe, expect, it } from 'vitest';
import { describeEachHost } from './describe-each-host.ts';

const MEBIBYTE = 1024 * 1024;

describeEachHost('a host and its failures', (hosts) => {
  describe('a plugin that breaks its host', () => {
    it.each([
      { plugin: 'exits.ts', message: 'Ended with exit code 3' },
      { plugin: 'rejects-later.ts', message: 'Uncaught exception: nobody caught this' },
      { plugin: 'throws-later.ts', message: 'Uncaught exception: nobody caught this' },
    ])('is reported as crashed, and its lines are kept: $plugin', async ({ plugin, message }) => {
      const test = await hosts.started(plugin);

      await test.host.gather();

      expect(await test.host.exited).toEqual({ reason: 'crashed', message });
      await test.until(() => test.lines.length === 1);
      expect(test.lines).toEqual(['[fixture()] before 1']);
    });

    it('ends the gather in progress as exited', async () => {
      const test = await hosts.started('exits.ts');

      expect(await test.host.gather()).toEqual({
        kind: 'exited',
        exit: { reason: 'crashed', message: 'Ended with exit code 3' },
      });
    });

    it('answers a later gather with the exit', async () => {
      const test = await hosts.started('exits.ts');
      await test.host.gather();

      expect(await test.host.gather()).toMatchObject({ kind: 'exited', exit: { reason: 'crashed' } });
    });

    it('gives the stack of an uncaught exception as a diagnostic', async () => {
      const test = await hosts.started('throws-later.ts');
      await test.host.gather();
      await test.host.exited;

      expect(test.diagnostics).toContainEqual(
        expect.objectContaining({ level: 'error', stack: expect.stringContaining('throws-later.ts:8:') }),
      );
    });

    it.each(['leaks.ts', 'leaks-one-array.ts'])(
      'runs out of memory alone, and its lines are kept: %s',
      async (plugin) => {
        const test = await hosts.started(plugin, { memoryLimitBytes: 64 * MEBIBYTE });

        const outcome = await test.host.gather();

        expect(outcome).toMatchObject({ kind: 'exited', exit: { reason: 'out-of-memory' } });
        await test.until(() => test.lines.length === 1);
        expect(test.lines).toEqual(['[fixture()] before 1']);
      },
    );

    it('runs out of memory by buffers outside of the heap', async () => {
      const test = await hosts.started('leaks-buffers.ts', { memoryLimitBytes: 64 * MEBIBYTE });

      let outcome = await test.host.gather();
      while (outcome.kind === 'ok') outcome = await test.host.gather();

      expect(await test.host.exited).toMatchObject({ reason: 'out-of-memory' });
    });

    it('may allocate more than its limit as long as it keeps less', async () => {
      const test = await hosts.started('wastes-memory.ts', { memoryLimitBytes: 64 * MEBIBYTE });

      expect(await test.host.gather()).toEqual({ kind: 'ok' });
    });

    it('can be killed in an endless loop, and its lines are kept', async () => {
      const test = await hosts.started('never-returns.ts');
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
      const test = await hosts.started('million-values.ts');
      test.isReading = false;
      const outcome = test.host.gather();
      await test.until(() => test.wasReadable);

      test.host.kill();

      expect(await outcome).toMatchObject({ kind: 'exited', exit: { reason: 'killed' } });
      expect(test.host.drain(1024 * 1024)?.count).toBeGreaterThan(0);
    });
  });
});
