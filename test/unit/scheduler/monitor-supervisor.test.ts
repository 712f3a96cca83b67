import { describe, expect, it } from 'vitest';
import type { Behaviour } from '../../support/fake-host.ts';
import { linesOf } from '../../support/line-block.ts';
import { supervise } from './supervise.ts';

describe('MonitorSupervisor', () => {
  it('starts the host and gathers at every tick', async () => {
    const { clock, hosts, supervisor } = supervise([{}]);
    supervisor.start();
    await clock.advance(30_000);
    expect(hosts[0]?.calls).toEqual(['start', 'gather', 'gather', 'gather', 'gather']);
    expect(supervisor.status).toMatchObject({
      name: 'fake(1)',
      state: { kind: 'running' },
      gathers: 4,
      failures: 0,
      skippedTicks: 0,
      restarts: 0,
      lastError: undefined,
      lastSuccessMs: 1_030_000,
      lastGatherDurationMs: 0,
    });
  });

  it('waits for the first sample as the jitter says', async () => {
    const { clock, hosts, supervisor } = supervise([{}], { jitter: true, random: () => 0.99 });
    supervisor.start();
    await clock.advance(7999);
    expect(hosts[0]?.calls).toEqual(['start']);
    await clock.advance(1);
    expect(hosts[0]?.calls).toEqual(['start', 'gather']);
  });

  it('says that a gather is overdue while it lasts longer than the interval, and counts the ticks it misses', async () => {
    let finish = (): void => {};
    const slow: Behaviour = {
      gather: () => new Promise((resolve) => (finish = () => resolve({ kind: 'ok' }))),
    };
    const { clock, hosts, supervisor } = supervise([slow]);
    supervisor.start();
    await clock.advance(25_000);
    expect(supervisor.status.state).toEqual({ kind: 'gathering-overdue', runningForMs: 25_000 });
    finish();
    await clock.advance(5000);
    expect(hosts[0]?.calls).toEqual(['start', 'gather', 'gather']);
    expect(supervisor.status).toMatchObject({
      state: { kind: 'running' },
      skippedTicks: 2,
      gathers: 1,
      lastGatherDurationMs: 25_000,
    });
  });

  it('does not run a monitor that switched itself off, and says so once', async () => {
    const disabled: string[] = [];
    const { clock, hosts, logger, supervisor } = supervise([{ description: { disabled: true } }], {
      onDisabled: ({ name }) => disabled.push(name),
    });
    supervisor.start();
    await clock.advance(86_400_000);
    expect(hosts.map((host) => host.calls)).toEqual([['start', 'stop 5000']]);
    expect(supervisor.status.state).toEqual({ kind: 'disabled' });
    expect(disabled).toEqual(['fake(1)']);
    expect(logger.messages('info')).toEqual([
      'Monitor is disabled: it switched itself off in initialize, so it does not run',
    ]);
  });

  it('leaves a monitor that drives itself alone, until its run() returns', async () => {
    let finish = (): void => {};
    const { clock, hosts, logger, supervisor } = supervise([
      {
        description: { drivesItself: true },
        run: () => new Promise((resolve) => (finish = () => resolve({ kind: 'ok' }))),
      },
    ]);
    supervisor.start();
    await clock.advance(86_400_000);
    expect(hosts[0]?.calls).toEqual(['start', 'run']);
    expect(supervisor.status.state).toEqual({ kind: 'running' });
    finish();
    await clock.advance(86_400_000);
    expect(hosts).toHaveLength(1);
    expect(supervisor.status.state).toEqual({ kind: 'finished' });
    expect(logger.messages('debug')).toEqual(['Monitor started: it drives itself']);
    expect(logger.messages('info')).toEqual(['Monitor has finished']);
  });

  it('gives the lines of a host that died, and tells that they are there', async () => {
    const readable: string[] = [];
    const { clock, hosts, supervisor } = supervise([{}], {
      onReadable: (lines) => readable.push(lines.monitor),
    });
    supervisor.start();
    await clock.advance(0);
    hosts[0]?.emit('fake(1)', 'last words');
    hosts[0]?.exit({ reason: 'crashed', message: 'it crashed' });
    await clock.advance(0);
    expect(readable).toEqual(['fake(1)', 'fake(1)']);
    expect(linesOf([supervisor.lines.drain(1000) ?? expect.fail('no lines')])).toEqual(['last words']);
  });
});
