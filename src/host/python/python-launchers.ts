import type { Clock } from '../../clock/clock.ts';
import type { LaunchedProcess } from '../process/launched-process.ts';
import { PythonLauncher, type LauncherStart } from './python-launcher.ts';
import type { PythonSettings } from './python-settings.ts';

/** What is tried where no interpreter is configured, in this order. */
const USUAL_NAMES = ['python3', 'python'] as const;

export interface PythonOptions extends PythonSettings {
  readonly environment: Record<string, string>;
  readonly clock: Clock;
}

export type PythonOutcome =
  | { readonly kind: 'ready'; readonly launch: () => Promise<LaunchedProcess> }
  /** There is no Python that can run monitors; the message names what was looked for and found. */
  | { readonly kind: 'missing'; readonly message: string };

/** The launchers of this process: one for all monitors that want the same. One that died is replaced when it is needed. */
class PythonLaunchers {
  readonly #launchers = new Map<string, Promise<PythonLauncher | string>>();

  /** Finds a Python, and starts its launcher unless it runs already. */
  async obtain(options: PythonOptions): Promise<PythonOutcome> {
    const launcher = await this.#launcher(options);
    if (typeof launcher === 'string') return { kind: 'missing', message: launcher };
    return { kind: 'ready', launch: () => this.#launch(options) };
  }

  async #launch(options: PythonOptions): Promise<LaunchedProcess> {
    const launcher = await this.#launcher(options);
    if (typeof launcher === 'string') throw new Error(launcher);
    return launcher.launch();
  }

  async #launcher(options: PythonOptions): Promise<PythonLauncher | string> {
    const { clock: _clock, ...wanted } = options;
    const key = JSON.stringify(wanted);
    const known = this.#launchers.get(key);
    if (known !== undefined && isUsable(await known)) return known;
    // Another caller may have replaced it while this one waited.
    const current = this.#launchers.get(key);
    if (current !== undefined && current !== known) return current;
    const started = startFirstUsable(options);
    this.#launchers.set(key, started);
    return started;
  }
}

export const pythonLaunchers = new PythonLaunchers();

function isUsable(launcher: PythonLauncher | string): boolean {
  return typeof launcher !== 'string' && !launcher.isGone;
}

/** The launcher of the first interpreter that can be used, or what was found instead. */
async function startFirstUsable(options: PythonOptions): Promise<PythonLauncher | string> {
  const names = options.interpreter === undefined ? USUAL_NAMES : [options.interpreter];
  const found: string[] = [];
  for (const interpreter of names) {
    const start = await tryInterpreter(interpreter, options);
    if (start.kind === 'ready') return start.launcher;
    found.push(start.message);
  }
  const [wanted, hint] =
    options.interpreter === undefined
      ? [
          `${names.map((name) => `"${name}"`).join(' and ')} in PATH`,
          'install one, or name it in otel.python.interpreter',
        ]
      : ['what otel.python.interpreter names', 'name another one there'];
  return `Cannot run Python monitors: looked for ${wanted}, wanted Python 3.8 or later, found that ${found.join(', and ')}; ${hint}`;
}

async function tryInterpreter(interpreter: string, options: PythonOptions): Promise<LauncherStart> {
  try {
    return await PythonLauncher.start({ ...options, interpreter });
  } catch (error) {
    return { kind: 'unusable', message: error instanceof Error ? error.message : String(error) };
  }
}
