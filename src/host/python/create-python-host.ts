import { pathToFileURL } from 'node:url';
import type { Clock } from '../../clock/clock.ts';
import { guestEnvironment, type Environment } from '../guest-environment.ts';
import { GuestHost } from '../guest-host.ts';
import type { GuestSetup } from '../host-message.ts';
import type { HostListener, MonitorHost } from '../monitor-host.ts';
import { ProcessGuest } from '../process/process-guest.ts';
import { pythonLaunchers } from './python-launchers.ts';
import type { PythonSettings } from './python-settings.ts';

/** Memory in RAM of a Python that has imported what most plugins do, most of it shared with its launcher. */
const PYTHON_ITSELF_BYTES = 32 * 1024 * 1024;

export interface PythonHostOptions extends Omit<GuestSetup, 'pluginUrl'> {
  /** `process`: a process of its own; `shared`: one process with the other monitors that are shared. */
  readonly isolation: 'process' | 'shared';
  /** The plugin's file; undefined when Python has to find the module by itself. */
  readonly file: string | undefined;
  /** Name of the monitor instance in lines and in the ledger, `module(id)`. */
  readonly monitor: string;
  readonly python: PythonSettings;
  /** The collector's environment; what the plugin sees of it has no secrets in it. */
  readonly environment: Environment;
  /** Names of further variables that the plugin must not see. */
  readonly secretNames: readonly string[];
  readonly listener: HostListener;
  readonly clock: Clock;
}

export type PythonHostOutcome =
  | { readonly kind: 'created'; readonly host: MonitorHost }
  /** No Python can run it. */
  | { readonly kind: 'bad-configuration'; readonly message: string };

/** Finds a Python for a monitor and makes the host it will live in. The monitor does not run before its `start()`. */
export async function createPythonHost(options: PythonHostOptions): Promise<PythonHostOutcome> {
  const { isolation, file, monitor, python, environment, secretNames, listener, clock, ...rest } = options;
  const obtained = await pythonLaunchers.obtain({
    ...python,
    shared: isolation === 'shared',
    environment: guestEnvironment(environment, secretNames),
    clock,
  });
  if (obtained.kind === 'missing') return { kind: 'bad-configuration', message: obtained.message };
  const { launch } = obtained;
  const setup = { ...rest, pluginUrl: file === undefined ? '' : pathToFileURL(file).href };
  const residentLimitBytes = rest.memoryLimitBytes + PYTHON_ITSELF_BYTES;
  const shared = isolation === 'shared' ? { shared: { name: 'python' } } : {};
  const guest = new ProcessGuest({ monitor, launch, residentLimitBytes, clock, ...shared });
  return { kind: 'created', host: new GuestHost({ guest, setup, listener, clock }) };
}
