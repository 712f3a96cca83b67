import type { Clock } from '../clock/clock.ts';
import { guestEnvironment, type Environment } from './guest-environment.ts';
import { GuestHost } from './guest-host.ts';
import type { Guest } from './guest.ts';
import type { GuestSetup } from './host-message.ts';
import type { HostListener, MonitorHost } from './monitor-host.ts';
import { compiledUrl } from './package-files.ts';
import { ProcessGuest } from './process/process-guest.ts';
import { spawnProcess } from './process/spawn-process.ts';
import { PluginThread, type Seat, type Tenant, type ThreadSettings } from './thread/plugin-thread.ts';
import { sharedThreads, type SharedThreadRequest } from './thread/shared-threads.ts';
import { ThreadGuest } from './thread/thread-guest.ts';
import { fileURLToPath } from 'node:url';

const MEBIBYTE = 1024 * 1024;

/** Of monitors that come in hundreds, most emit a few lines at a time; one that emits more waits for the pump now and then. */
const SHARED_RING_BYTES = 16 * 1024;

/** Memory that Node takes for itself before a plugin has used any. */
const NODE_ITSELF_BYTES = 96 * MEBIBYTE;

export interface HostOptions extends GuestSetup {
  /**
   * `thread`: a worker thread of its own; `shared`: one that it shares with other instances of its plugin; `process`: a
   * process of its own.
   */
  readonly isolation: 'thread' | 'shared' | 'process';
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
  const settings = { environment: visible, memoryLimitBytes, clock };
  const guest =
    isolation === 'process'
      ? nodeProcess({ monitor, ...settings })
      : isolation === 'thread'
        ? alone(monitor, settings)
        : inCompany(monitor, { ...settings, pluginUrl: setup.pluginUrl, module: setup.module });
  return new GuestHost({ guest, setup, listener, clock });
}

function alone(monitor: string, settings: ThreadSettings): Guest {
  const join = (tenant: Tenant): Seat =>
    new PluginThread({ ...settings, name: monitor, capacity: 1 }).join(tenant);
  return new ThreadGuest({ monitor, join });
}

function inCompany(monitor: string, request: SharedThreadRequest): Guest {
  const join = (tenant: Tenant): Seat => sharedThreads.join(tenant, request);
  return new ThreadGuest({ monitor, join, ringBytes: SHARED_RING_BYTES });
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
