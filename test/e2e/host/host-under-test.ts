import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../../src/clock/system-clock.ts';
import type { ConfigObject } from '../../../src/config/config-value.ts';
import { createHost } from '../../../src/host/create-host.ts';
import type { Diagnostic, MonitorHost } from '../../../src/host/monitor-host.ts';
import { preparePlugin } from '../../../src/host/plugin/prepare-plugin.ts';
import { createPythonHost } from '../../../src/host/python/create-python-host.ts';
import type { PythonSettings } from '../../../src/host/python/python-settings.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url));

/** A kind of host: a thread, alone or shared, or a process, with TypeScript in them, or a process with Python in it. */
export type HostKind = 'thread' | 'shared' | 'process' | 'python';
/** Where the bundles of fixtures go; each test file has its own. */
export const cacheFolder = await mkdtemp(path.join(tmpdir(), 'plugins-'));

export interface HostUnderTestOptions {
  readonly kind: HostKind;
  readonly config?: ConfigObject;
  readonly memoryLimitBytes?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Which Python; for a host of that kind. */
  readonly python?: PythonSettings;
  /** Whether it shares its process with others. */
  readonly shared?: boolean;
}

/** A host with a fixture plugin in it, whose lines are taken as they come, without their time. */
export class HostUnderTest {
  readonly host: MonitorHost;
  readonly lines: string[] = [];
  /** The signal of each line, `m` or `l`. */
  readonly signals: ('m' | 'l')[] = [];
  readonly diagnostics: Diagnostic[] = [];
  /** Lines are counted, not kept, once this is set. */
  counting = false;
  count = 0;
  /** Lines are left where they are once this is false. */
  isReading = true;
  wasReadable = false;
  #waiting: (() => void)[] = [];

  private constructor(make: (listener: HostUnderTest) => MonitorHost) {
    this.host = make(this);
  }

  /** Makes a host for the fixture of that name, in the language of its kind: `own-run` is `own-run.ts` or `own_run.py`. */
  static async of(plugin: string, options: HostUnderTestOptions): Promise<HostUnderTest> {
    return options.kind === 'python' ? pythonHost(plugin, options) : typeScriptHost(plugin, options);
  }

  static with(make: (listener: HostUnderTest) => MonitorHost): HostUnderTest {
    return new HostUnderTest(make);
  }

  onReadable(): void {
    this.wasReadable = true;
    this.#notify();
    if (this.isReading) this.#read();
  }

  #read(): void {
    const block = this.host.drain(64 * 1024);
    if (block === undefined) return;
    this.count += block.count;
    if (!this.counting)
      this.signals.push(...Array.from(block.isLog.subarray(0, block.count), (isLog) => (isLog ? 'l' : 'm')));
    let from = 0;
    for (const length of this.counting ? [] : block.lengths) {
      const line = block.text.toString('utf8', from, from + length);
      this.lines.push(line.replace(/^\S+ \S+ \[\w+\(/, '[fixture(').trimEnd());
      from += length;
    }
    this.#notify();
    setImmediate(() => this.#read());
  }

  onDiagnostic(diagnostic: Diagnostic): void {
    this.diagnostics.push(diagnostic);
    this.#notify();
  }

  /** Resolves when `condition` holds, which is looked at after each line and diagnostic. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  messages(origin: Diagnostic['origin']): string[] {
    return this.diagnostics.filter((each) => each.origin === origin).map((each) => each.message);
  }

  #notify(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

async function typeScriptHost(plugin: string, options: HostUnderTestOptions): Promise<HostUnderTest> {
  const name = plugin.includes('.') ? plugin : `${plugin}.ts`;
  const prepared = await preparePlugin(path.join(fixtures, 'plugins', name), { cacheFolder });
  if (prepared.kind !== 'ready') throw new Error(prepared.message);
  const isolation = options.kind === 'python' ? 'process' : options.kind;
  const setup = { ...setupFor('fixture', options), isolation, pluginUrl: prepared.url } as const;
  return HostUnderTest.with((listener) => createHost({ ...setup, listener }));
}

async function pythonHost(plugin: string, options: HostUnderTestOptions): Promise<HostUnderTest> {
  const module = plugin.replaceAll('-', '_');
  const isDotted = module.includes('.');
  const searchPath = [path.join(fixtures, 'python')];
  const file = path.join(fixtures, 'python', `${module}.py`);
  let test: HostUnderTest | undefined;
  const outcome = await createPythonHost({
    ...setupFor(module, options),
    isolation: options.shared === true ? 'shared' : 'process',
    file: isDotted ? undefined : file,
    searchPath,
    python: options.python ?? {},
    secretNames: [],
    globalConfig: { agent_log_path: '/var/log', server_attributes: { tier: 'test' } },
    listener: {
      onReadable: () => test?.onReadable(),
      onDiagnostic: (diagnostic) => test?.onDiagnostic(diagnostic),
    },
  });
  if (outcome.kind !== 'created') throw new Error(outcome.message);
  test = HostUnderTest.with(() => outcome.host);
  return test;
}

/** What a host of a fixture is made with. */
export function setupFor(module: string, options: HostUnderTestOptions) {
  return {
    monitor: 'fixture()',
    module,
    id: '',
    config: { module, ...options.config },
    defaultSampleIntervalSecs: 30,
    globalRateMetricNames: [],
    debugLevel: 0,
    memoryLimitBytes: options.memoryLimitBytes ?? 128 * 1024 * 1024,
    environment: { PATH: process.env['PATH'], ...options.environment },
    clock: systemClock,
  };
}
