import { describe, expect, it } from 'vitest';
import { describeEachHost, describeTypeScriptHosts } from './describe-each-host.ts';

const MEBIBYTE = 1024 * 1024;

describeEachHost('a host and its failures', (hosts) => {
  describe('a plugin that breaks its host', () => {
    it('is reported as crashed, and its lines are kept', async () => {
      const test = await hosts.started('exits');

      await test.host.gather();

      expect(await test.host.exited).toEqual({ reason: 'crashed', message: 'Ended with exit code 3' });
      await test.until(() => test.lines.length === 1);
      expect(test.lines).toEqual(['[fixture()] before 1']);
    });

    it('ends the gather in progress as exited', async () => {
      const test = await hosts.started('exits');

      expect(await test.host.gather()).toEqual({
        kind: 'exited',
        exit: { reason: 'crashed', message: 'Ended with exit code 3' },
      });
    });

    it('answers a later gather with the exit', async () => {
      const test = await hosts.started('exits');
      await test.host.gather();

      expect(await test.host.gather()).toMatchObject({ kind: 'exited', exit: { reason: 'crashed' } });
    });

    it('runs out of memory alone, and its lines are kept', async () => {
      const test = await hosts.started('leaks', { memoryLimitBytes: 64 * MEBIBYTE });

      const outcome = await test.host.gather();

      expect(outcome).toMatchObject({ kind: 'exited', exit: { reason: 'out-of-memory' } });
      await test.until(() => test.lines.length === 1);
      expect(test.lines).toEqual(['[fixture()] before 1']);
    });

    it('can be killed in an endless loop, and its lines are kept', async () => {
      const test = await hosts.started('never-returns');
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
      const test = await hosts.started('million-values');
      test.isReading = false;
      const outcome = test.host.gather();
      await test.until(() => test.wasReadable);

      test.host.kill();

      expect(await outcome).toMatchObject({ kind: 'exited', exit: { reason: 'killed' } });
      expect(test.host.drain(1024 * 1024)?.count).toBeGreaterThan(0);
    });
  });
});

describeTypeScriptHosts('a host with TypeScript in it and its failures', (hosts) => {
  it.each([
    { plugin: 'rejects-later', message: 'Uncaught exception: nobody caught this' },
    { plugin: 'throws-later', message: 'Uncaught exception: nobody caught this' },
  ])('is reported as crashed, and its lines are kept: $plugin', async ({ plugin, message }) => {
    const test = await hosts.started(plugin);

    await test.host.gather();

    expect(await test.host.exited).toEqual({ reason: 'crashed', message });
    await test.until(() => test.lines.length === 1);
    expect(test.lines).toEqual(['[fixture()] before 1']);
  });

  it('gives the stack of an uncaught exception as a diagnostic', async () => {
    const test = await hosts.started('throws-later');
    await test.host.gather();
    await test.host.exited;

    expect(test.diagnostics).toContainEqual(
      expect.objectContaining({ level: 'error', stack: expect.stringContaining('throws-later.ts:8:') }),
    );
  });

  it('runs out of memory by one array that grows', async () => {
    const test = await hosts.started('leaks-one-array', { memoryLimitBytes: 64 * MEBIBYTE });

    expect(await test.host.gather()).toMatchObject({ kind: 'exited', exit: { reason: 'out-of-memory' } });
  });

  it('runs out of memory by buffers outside of the heap', async () => {
    const test = await hosts.started('leaks-buffers', { memoryLimitBytes: 64 * MEBIBYTE });

    let outcome = await test.host.gather();
    while (outcome.kind === 'ok') outcome = await test.host.gather();

    expect(await test.host.exited).toMatchObject({ reason: 'out-of-memory' });
  });

  it('may allocate more than its limit as long as it keeps less', async () => {
    const test = await hosts.started('wastes-memory', { memoryLimitBytes: 64 * MEBIBYTE });

    expect(await test.host.gather()).toEqual({ kind: 'ok' });
  });
});
