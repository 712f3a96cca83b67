import { describe, expect, it } from 'vitest';
import { settle } from '../../support/fake-clock.ts';
import { never } from '../../support/fake-host.ts';
import { CRASHES, HANGS, supervise, THROWS } from './supervise.ts';

describe('MonitorSupervisor, when a host fails', () => {
  it('kills a host whose gather does not return, and starts another one', async () => {
    const { clock, hosts, logger, supervisor } = supervise([HANGS, {}]);
    supervisor.start();
    await clock.advance(60_000);
    expect(hosts[0]?.calls).toEqual(['start', 'gather', 'kill']);
    expect(supervisor.status).toMatchObject({
      state: { kind: 'backing-off', reason: 'gatherSample did not return within 60 s', untilMs: 1_061_000 },
      gathers: 1,
      failures: 1,
      lastError: { message: 'gatherSample did not return within 60 s', atMs: 1_060_000 },
    });
    expect(logger.messages('warn')).toEqual([
      'Monitor failed: gatherSample did not return within 60 s; it is started again in 1 s',
    ]);
    await clock.advance(10_000);
    expect(hosts[1]?.calls).toEqual(['start', 'gather']);
    expect(supervisor.status).toMatchObject({ state: { kind: 'running' }, restarts: 1, skippedTicks: 6 });
  });

  it('keeps the ticks where they were after a restart', async () => {
    const { clock, hosts, supervisor } = supervise([{}], { jitter: true, random: () => 0 });
    supervisor.start();
    await clock.advance(3000);
    hosts[0]?.exit({ reason: 'out-of-memory', message: 'the plugin ran out of memory' });
    await clock.advance(8999);
    expect(hosts[1]?.calls).toEqual(['start']);
    await clock.advance(1);
    expect(hosts[1]?.calls).toEqual(['start', 'gather']);
  });

  it('kills a host whose initialize does not return', async () => {
    const { clock, hosts, supervisor } = supervise([{ start: () => never() }]);
    supervisor.start();
    await clock.advance(60_000);
    expect(hosts[0]?.calls).toEqual(['start', 'kill']);
    expect(supervisor.status.state).toMatchObject({
      kind: 'backing-off',
      reason: 'initialize did not return within 60 s',
    });
  });

  it('does not park a monitor whose start failed when its plugin has changed meanwhile', async () => {
    const { clock, hosts, logger, supervisor } = supervise([
      {
        start: async () => ({ kind: 'bad-configuration', message: 'Missing required field "url"' }),
        ignoresStop: true,
      },
      {},
    ]);
    supervisor.start();
    await settle();
    hosts[0]?.exit({ reason: 'outdated', message: 'The plugin has changed' });
    await clock.advance(10_000);
    expect(hosts).toHaveLength(2);
    expect(supervisor.status).toMatchObject({ state: { kind: 'running' }, lastError: undefined });
    expect(logger.messages('error')).toEqual([]);
  });

  it('notices a host that dies while it starts', async () => {
    const { clock, hosts, supervisor } = supervise([{ start: () => never() }]);
    supervisor.start();
    await settle();
    hosts[0]?.exit({ reason: 'crashed', message: 'the process ended with code 9' });
    await clock.advance(0);
    expect(supervisor.status.state).toMatchObject({
      kind: 'backing-off',
      reason: 'the process ended with code 9',
    });
  });

  it('parks a monitor that keeps crashing, says so, and tries it again after an hour', async () => {
    const { clock, hosts, logger, supervisor } = supervise([
      { start: async () => ({ kind: 'failed', message: 'no such database' }) },
    ]);
    supervisor.start();
    await clock.advance(15_000);
    expect(hosts).toHaveLength(5);
    expect(supervisor.status.state).toEqual({
      kind: 'parked',
      reason: 'no such database',
      untilMs: 1_015_000 + 3_600_000,
    });
    expect(logger.messages('error')).toEqual([
      'Monitor is parked, because it failed 5 times in 600 s: no such database; it is tried again in 3600 s',
    ]);
    await clock.advance(3_600_000);
    expect(hosts).toHaveLength(6);
  });

  it('parks a monitor with a bad configuration at once and for good, and says where it is configured', async () => {
    const { clock, hosts, logger, supervisor } = supervise([
      {
        start: async () => ({
          kind: 'bad-configuration',
          message: 'Missing required field "url"',
          field: 'url',
        }),
      },
    ]);
    supervisor.start();
    await clock.advance(86_400_000);
    expect(hosts.map((host) => host.calls)).toEqual([['start', 'stop 5000']]);
    expect(supervisor.status.state).toEqual({
      kind: 'parked',
      reason: 'Missing required field "url"',
      untilMs: undefined,
    });
    expect(logger.messages('error')).toEqual([
      'Monitor is parked until its configuration in "/etc/agent.json", line 7, is corrected: Missing required field "url"',
    ]);
  });

  it('starts a monitor again whose run() threw', async () => {
    const { clock, hosts, supervisor } = supervise([
      {
        description: { drivesItself: true },
        run: async () => ({ kind: 'failed', message: 'address in use' }),
      },
      { description: { drivesItself: true }, run: () => never() },
    ]);
    supervisor.start();
    await clock.advance(1000);
    expect(hosts.map((host) => host.calls)).toEqual([
      ['start', 'run', 'kill'],
      ['start', 'run'],
    ]);
    expect(supervisor.status).toMatchObject({ restarts: 1, lastError: { message: 'address in use' } });
  });

  it('logs a gather that throws with its stack, and when it goes on throwing once in ten minutes with a count', async () => {
    const { clock, hosts, logger, supervisor } = supervise([THROWS]);
    supervisor.start();
    await clock.advance(600_000);
    expect(hosts).toHaveLength(1);
    expect(supervisor.status).toMatchObject({ state: { kind: 'running' }, gathers: 61, failures: 61 });
    expect(logger.records.filter((record) => record.level === 'error')).toEqual([
      {
        level: 'error',
        message: 'Failed to gather sample due to the following exception',
        context: { monitor: 'fake(1)', stack: 'Error: no answer\n    at gatherSample' },
      },
      {
        level: 'error',
        message: 'Failed to gather sample due to the following exception (60 times since this was last said)',
        context: { monitor: 'fake(1)', stack: 'Error: no answer\n    at gatherSample' },
      },
    ]);
  });

  it('asks the agent to stop when a monitor with stop_agent_on_failure dies, and does not start it again', async () => {
    const { clock, hosts, fatal, supervisor } = supervise([CRASHES], { stopAgentOnFailure: true });
    supervisor.start();
    await clock.advance(86_400_000);
    expect(hosts).toHaveLength(1);
    expect(fatal).toEqual(['fake(1): the plugin called process.exit(3)']);
    expect(supervisor.status.state).toMatchObject({ kind: 'parked', untilMs: undefined });
  });

  it('does not ask the agent to stop because a gather threw', async () => {
    const { clock, fatal, supervisor } = supervise([THROWS], { stopAgentOnFailure: true });
    supervisor.start();
    await clock.advance(60_000);
    expect(fatal).toEqual([]);
  });

  it('survives a host that breaks its contract', async () => {
    const { clock, supervisor } = supervise([
      {
        start: () => {
          throw new Error('no threads left');
        },
      },
    ]);
    supervisor.start();
    await clock.advance(0);
    expect(supervisor.status.state).toMatchObject({ kind: 'backing-off', reason: 'Error: no threads left' });
  });

  it('parks a monitor whose plugin cannot be found, and says why', async () => {
    const message = 'Cannot find the monitor module "my.fake"';
    const { clock, supervisor } = supervise([], {
      createHost: async () => ({ kind: 'bad-configuration', message, files: [] }),
    });
    supervisor.start();
    await clock.advance(86_400_000);
    expect(supervisor.status).toMatchObject({
      state: { kind: 'parked', reason: message, untilMs: undefined },
      restarts: 0,
    });
  });
});
