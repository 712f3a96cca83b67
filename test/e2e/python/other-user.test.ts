import { describe, expect, it } from 'vitest';
import { describeHosts } from '../host/describe-each-host.ts';

/** Only root can become somebody else. */
const isRoot = process.getuid?.() === 0;

describeHosts('python', (hosts) => {
  describe.runIf(isRoot)('otel.isolation.user', () => {
    it('runs a monitor as that user, with its groups and no others', async () => {
      const test = await hosts.started('shows-user', { python: { user: 'nobody' } });

      await test.host.gather();
      await test.until(() => test.lines.length === 4);

      expect(test.lines).toEqual([
        '[fixture()] user "nobody"',
        expect.stringMatching(/^\[fixture\(\)\] home "\/.+"$/),
        '[fixture()] is_root false',
        '[fixture()] has_other_groups false',
      ]);
    });

    it('lets the collector end the monitor all the same', async () => {
      const test = await hosts.started('never-returns', { python: { user: 'nobody' } });
      const outcome = test.host.gather();
      await test.until(() => test.lines.length === 1);

      test.host.kill();

      expect(await outcome).toMatchObject({ kind: 'exited', exit: { reason: 'killed' } });
    });
  });

  it('says that there is no such user', async () => {
    await expect(hosts.unstarted('counts', { python: { user: 'nobody-of-this-name' } })).rejects.toThrow(
      'there is no user "nobody-of-this-name", whom otel.isolation.user names',
    );
  });
});
