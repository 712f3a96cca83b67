import type { Clock } from '../clock/clock.ts';
import { guestEnvironment, type Environment } from './guest-environment.ts';
import { GuestHost } from './guest-host.ts';
import type { Guest } from './guest.ts';
import type { GuestSetup } from './host-message.ts';
import type { HostListener, MonitorHost } from './monitor-host.ts';
import { compiledUrl } from './package-files.ts';
import { ProcessGuest } from './process-guest.ts';
import { spawnProcess } from './spawn-process.ts';
import { WorkerGuest } from './worker-guest.ts';
import { fileURLToPath } from 'node:url';

const MEBIBYTE = 1024 * 1024;

/** Memory that Node takes for itself before a plugin has used any. */
const NODE_ITSELF_BYTES = 96 * MEBIBYTE;

export interface HostOptions extends GuestSetup {
  /** `thread`: a worker thread of the collector; `process`: a process of its own. */
  readonly isolation: 'thread' | 'process';
  /** Name of the monitor instance in lines and in the ledger, `module(id)`. */
  readonly monitor: string;
  /** The collector's environment; what the plugin sees of it has no secrets in it. */
  readonly environment: Environment;
  /** Names of further variables that the plugin must not see. */
  readonly secretNames?: readonly string[];
  readonly listener: HostListener;
  readonly clock: Clock;
}

/** Makes the place where one monitor instance lives. Nothing runs before its `start()`. */
export function createHost(options: HostOptions): MonitorHost {
  const { isolation, monitor, environment, secretNames, listener, clock, ...setup } = options;
  const visible = guestEnvironment(environment, secretNames ?? []);
  const { memoryLimitBytes } = setup;
  const guest =
    isolation === 'thread'
      ? new WorkerGuest({ monitor, environment: visible, memoryLimitBytes })
      : nodeProcess({ monitor, environment: visible, memoryLimitBytes, clock });
  return new GuestHost({ guest, setup, listener, clock });
}

interface NodeProcessOptions {
  readonly monitor: string;
  readonly environment: Record<string, string>;
  readonly memoryLimitBytes: number;
  readonly clock: Clock;
}

function nodeProcess({ memoryLimitBytes, ...options }: NodeProcessOptions): Guest {
  const heapLimit = `--max-old-space-size=${Math.ceil(memoryLimitBytes / MEBIBYTE)}`;
  const program = fileURLToPath(compiledUrl('host/inside/process-entry'));
  const args = [heapLimit, '--enable-source-maps', program];
  return new ProcessGuest({
    ...options,
    launch: () => spawnProcess({ ...options, command: process.execPath, args }),
    residentLimitBytes: memoryLimitBytes + NODE_ITSELF_BYTES,
  });
}
