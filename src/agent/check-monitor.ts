import type { Clock } from '../clock/clock.ts';
import type { MonitorEntry } from '../config/configuration.ts';
import type { MonitorDescription } from '../host/monitor-description.ts';
import type { Diagnostic } from '../host/monitor-host.ts';
import { createMonitorHost } from './create-monitor-host.ts';
import type { MonitorHostOptions } from './create-monitor-host.ts';

/** What a monitor would be if the collector ran. */
export type MonitorCheck =
  | { readonly kind: 'good'; readonly description: MonitorDescription }
  | { readonly kind: 'bad'; readonly message: string };

export interface MonitorCheckOptions extends MonitorHostOptions {
  readonly clock: Clock;
  /** Diagnostics that the plugin logs meanwhile. */
  readonly onDiagnostic: (diagnostic: Diagnostic) => void;
}

const INITIALIZE_DEADLINE_MS = 60_000;
const STOP_GRACE_MS = 1000;
const DISCARDED_AT_ONCE_BYTES = 1_048_576;

/** Loads the plugin of a monitor, runs its initialize in a host of its own, and ends the host. What it emits is discarded. */
export async function checkMonitor(entry: MonitorEntry, options: MonitorCheckOptions): Promise<MonitorCheck> {
  const { onDiagnostic } = options;
  let discard = (): void => {};
  const listener = { onReadable: () => discard(), onDiagnostic };
  const created = await createMonitorHost(entry, listener, options);
  if (created.kind === 'bad-configuration') return { kind: 'bad', message: created.message };
  const { host } = created;
  discard = () => {
    while (host.drain(DISCARDED_AT_ONCE_BYTES) !== undefined) continue;
  };
  const cancel = options.clock.schedule(() => host.kill(), INITIALIZE_DEADLINE_MS);
  const outcome = await host.start();
  cancel();
  await host.stop(STOP_GRACE_MS);
  if (outcome.kind === 'started') return { kind: 'good', description: outcome.description };
  return { kind: 'bad', message: outcome.message };
}
