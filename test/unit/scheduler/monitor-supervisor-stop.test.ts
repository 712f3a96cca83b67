import { describe, expect, it } from 'vitest';
import type { HostCreation } from '../../../src/scheduler/monitor-supervisor.ts';
import { FakeHost } from '../../support/fake-host.ts';
import { CRASHES, supervise } from './supervise.ts';

describe('MonitorSupervisor.stop', () => {
  it('lets the host finish within the grace and starts no other', async () => {
    const { clock, hosts, supervisor } = supervise([{}]);
    supervisor.start();
    await clock.advance(5000);
    await supervisor.stop(5000);
    await clock.advance(86_400_000);
    expect(hosts.map((host) => host.calls)).toEqual([['start', 'gather', 'stop 5000']]);
    expect(supervisor.status).toMatchObject({
      state: { kind: 'stopped' },
      failures: 0,
      lastError: undefined,
    });
    expect(clock.pending).toEqual([]);
  });

  it('waits for a gather in progress that ends within the grace', async () => {
    let finish = (): void => {};
    const { clock, hosts, supervisor } = supervise([
      {
        ignoresStop: true,
        gather: (host) =>
          new Promise((resolve) => {
            finish = () => {
              resolve({ kind: 'ok' });
              host.exit({ reason: 'stopped', message: 'it was asked to stop' });
            };
          }),
      },
    ]);
    supervisor.start();
    await clock.advance(0);
    let stopped = false;
    const stopping = supervisor.stop(5000).then(() => (stopped = true));
    await clock.advance(4000);
    expect(stopped).toBe(false);
    finish();
    await stopping;
    expect(hosts[0]?.calls).toEqual(['start', 'gather', 'stop 5000']);
    expect(supervisor.status).toMatchObject({ state: { kind: 'stopped' }, gathers: 1, failures: 0 });
  });

  it('ends a back-off at once', async () => {
    const { clock, hosts, supervisor } = supervise([CRASHES]);
    supervisor.start();
    await clock.advance(500);
    await supervisor.stop(5000);
    await clock.advance(86_400_000);
    expect(hosts).toHaveLength(1);
    expect(supervisor.status.state).toEqual({ kind: 'stopped' });
  });

  it('may be called before the start and twice', async () => {
    const { hosts, supervisor } = supervise([{}]);
    await supervisor.stop(5000);
    supervisor.start();
    await supervisor.stop(5000);
    expect(hosts).toHaveLength(0);
  });

  it('starts no host that is made while it stops', async () => {
    let finish: (creation: HostCreation) => void = () => {};
    const host = new FakeHost({ onReadable: () => {}, onDiagnostic: () => {} });
    const { clock, supervisor } = supervise([], {
      createHost: () => new Promise((resolve) => (finish = resolve)),
    });
    supervisor.start();
    await clock.advance(0);
    const stopped = supervisor.stop(5000);
    finish({ kind: 'created', host, files: [] });
    await stopped;
    expect(host.calls).toEqual([]);
    expect(supervisor.status.state).toEqual({ kind: 'stopped' });
  });
});
