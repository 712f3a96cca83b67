import type { Clock } from '../clock/clock.ts';
import type { MonitorEntry } from '../config/configuration.ts';
import type { HostPlace } from '../host/host-place.ts';
import type { MonitorDescription } from '../monitor/monitor-description.ts';
import type { Diagnostic } from '../host/monitor-host.ts';
import { createMonitorHost } from './create-monitor-host.ts';
import type { MonitorHostOptions } from './create-monitor-host.ts';

/** What a monitor would be if the collector ran. */
export type MonitorCheck =
  | { readonly kind: 'good'; readonly description: MonitorDescription; readonly place: HostPlace }
  | { readonly kind: 'bad'; readonly message: string };

export interface MonitorCheckOptions extends MonitorHostOptions {
  readonly clock: Clock;
  /** Diagnostics that the plugin logs meanwhile. */
  readonly onDiagnostic: (diagnostic: Diagnostic) => void;
}

const INITIALIZE_DEADLINE_MS = 60_000;
const OVERDUE_MESSAGE = `initialize did not return within ${INITIALIZE_DEADLINE_MS / 1000} s`;
const STOP_GRACE_MS = 1000;
const DISCARDED_AT_ONCE_BYTES = 1_048_576;

/** Loads the plugin of a monitor, runs its initialize where it would live, and ends it. What it emits is discarded. */
export async function checkMonitor(entry: MonitorEntry, options: MonitorCheckOptions): Promise<MonitorCheck> {
  const { result, isShared } = await checkOnce(entry, options);
  // What is wrong may be wrong with another one in the same thread.
  if (result.kind === 'good' || !isShared) return result;
  return (await checkOnce({ ...entry, isolation: 'thread' }, options)).result;
}

interface CheckedOnce {
  readonly result: MonitorCheck;
  readonly isShared: boolean;
}

async function checkOnce(entry: MonitorEntry, options: MonitorCheckOptions): Promise<CheckedOnce> {
  const { onDiagnostic } = options;
  let discard = (): void => {};
  const listener = { onReadable: () => discard(), onDiagnostic };
  const created = await createMonitorHost(entry, listener, options);
  if (created.kind === 'bad-configuration')
    return { result: { kind: 'bad', message: created.message }, isShared: false };
  const { host } = created;
  discard = () => {
    while (host.drain(DISCARDED_AT_ONCE_BYTES) !== undefined) continue;
  };
  let isOverdue = false;
  const cancel = options.clock.schedule(() => {
    isOverdue = true;
    host.kill();
  }, INITIALIZE_DEADLINE_MS);
  const outcome = await host.start();
  cancel();
  const { place } = host;
  await host.stop(STOP_GRACE_MS);
  const result: MonitorCheck =
    outcome.kind === 'started'
      ? { kind: 'good', description: outcome.description, place }
      : { kind: 'bad', message: isOverdue ? OVERDUE_MESSAGE : outcome.message };
  return { result, isShared: place.kind === 'thread' && place.shared !== undefined };
}
