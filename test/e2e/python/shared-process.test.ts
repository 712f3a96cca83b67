import { expect, it } from 'vitest';
import { describeHosts } from '../host/describe-each-host.ts';

/** An environment of its own for each test, and so a process of its own. */
function sharing(name: string) {
  return { shared: true, environment: { TEST: name } };
}

describeHosts('python', (hosts) => {
  it('runs several monitors in one process, each with lines, messages and an end of its own', async () => {
    const options = sharing('several');
    const first = await hosts.started('counts', options);
    const second = await hosts.started('shows-process', options);
    const third = await hosts.started('starts-children', options);

    for (const { host } of [first, second, third]) await host.gather();
    await third.host.stop(5000);
    await first.host.gather();
    await first.until(() => first.lines.length === 2);
    await second.until(() => second.lines.length === 1);
    await third.until(() => third.lines.length === 2);

    expect(first.lines).toEqual(['[fixture()] count 1', '[fixture()] count 2']);
    expect(third.lines[0]).toBe(second.lines[0]);
    expect(await third.host.exited).toEqual({ reason: 'stopped', message: 'Stopped' });
  });

  it('ends a monitor that wants to exit, and no other', async () => {
    const options = sharing('exits');
    const exiting = await hosts.started('exits', options);
    const neighbour = await hosts.started('counts', options);

    expect(await exiting.host.gather()).toEqual({
      kind: 'exited',
      exit: { reason: 'crashed', message: 'Ended with exit code 3' },
    });
    expect(await neighbour.host.gather()).toEqual({ kind: 'ok' });
  });

  it('ends them all when one has to be ended by force, and keeps what they emitted', async () => {
    const options = sharing('force');
    const hung = await hosts.started('never-returns', options);
    const neighbour = await hosts.started('counts', options);
    await neighbour.host.gather();
    const outcome = hung.host.gather();
    await hung.until(() => hung.lines.length === 1);

    hung.host.kill();

    expect(await outcome).toMatchObject({ kind: 'exited', exit: { reason: 'killed' } });
    expect(await neighbour.host.exited).toEqual({
      reason: 'crashed',
      message: 'Ended with the process that it shares, by SIGKILL',
    });
    await neighbour.until(() => neighbour.lines.length === 1);
  });

  it('starts a new process for the monitors that come after', async () => {
    const options = sharing('again');
    const first = await hosts.started('counts', options);
    first.host.kill();
    await first.host.exited;

    const second = await hosts.started('counts', options);

    expect(await second.host.gather()).toEqual({ kind: 'ok' });
  });

  it('turns what they print into messages', async () => {
    const test = await hosts.started('prints', sharing('prints'));

    await test.host.gather();
    await test.until(() => test.messages('stdout').length === 1);

    expect(test.messages('stdout')).toEqual(['hello from the plugin']);
  });
});
