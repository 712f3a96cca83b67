import type { MonitorEntry } from '../../../src/config/configuration.ts';
import { MonitorSupervisor } from '../../../src/scheduler/monitor-supervisor.ts';
import type { Supervision } from '../../../src/scheduler/monitor-supervisor.ts';
import { DEFAULT_RESTART_POLICY } from '../../../src/scheduler/restart-policy.ts';
import { StartGate } from '../../../src/scheduler/start-gate.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FakeHost, never } from '../../support/fake-host.ts';
import type { Behaviour } from '../../support/fake-host.ts';
import { RecordingLogger } from '../../support/recording-logger.ts';

const ENTRY: MonitorEntry = {
  module: 'my.fake',
  id: '1',
  name: 'fake(1)',
  config: {},
  source: { file: '/etc/agent.json', line: 7, column: 3 },
  isolation: 'thread',
  stopAgentOnFailure: false,
};

/** A supervised monitor; the n-th host it starts has the n-th behaviour, and the last one from then on. */
export function supervise(
  behaviours: readonly Behaviour[],
  changes: Partial<Supervision & MonitorEntry> = {},
) {
  const clock = new FakeClock(1_000_000);
  const logger = new RecordingLogger();
  const hosts: FakeHost[] = [];
  const fatal: string[] = [];
  const started: number[] = [];
  const supervisor = new MonitorSupervisor(
    { ...ENTRY, stopAgentOnFailure: changes.stopAgentOnFailure ?? false },
    {
      clock,
      logger,
      random: () => 0,
      createHost: async (_entry, listener) => {
        const host = new FakeHost(listener, behaviours[Math.min(hosts.length, behaviours.length - 1)]);
        hosts.push(host);
        return { kind: 'created', host, files: [] };
      },
      startGate: new StartGate(clock, { slots: 4, longestMs: 2000 }),
      restartPolicy: DEFAULT_RESTART_POLICY,
      jitter: false,
      startDeadlineMs: 60_000,
      gatherDeadlineMs: 60_000,
      onReadable: () => {},
      onStarted: () => started.push(clock.monotonic()),
      onFatal: (entry, { message }) => fatal.push(`${entry.name}: ${message}`),
      ...changes,
    },
  );
  return { clock, logger, hosts, fatal, started, supervisor };
}

/** Crashes in its first gather. */
export const CRASHES: Behaviour = {
  gather: async (host) => {
    const exit = { reason: 'crashed', message: 'the plugin called process.exit(3)' } as const;
    host.exit(exit);
    return { kind: 'exited', exit };
  },
};

/** Its first gather never returns. */
export const HANGS: Behaviour = { gather: () => never() };

/** Every gather throws. */
export const THROWS: Behaviour = {
  gather: async () => ({
    kind: 'failed',
    message: 'no answer',
    stack: 'Error: no answer\n    at gatherSample',
  }),
};
