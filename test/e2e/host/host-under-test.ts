import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../../src/clock/system-clock.ts';
import type { ConfigObject } from '../../../src/config/config-value.ts';
import { createHost } from '../../../src/host/create-host.ts';
import type { Diagnostic, MonitorHost } from '../../../src/host/monitor-host.ts';
import { preparePlugin } from '../../../src/host/prepare-plugin.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/plugins/', import.meta.url));
/** Where the bundles of fixtures go; each test file has its own. */
export const cacheFolder = await mkdtemp(path.join(tmpdir(), 'plugins-'));

export interface HostUnderTestOptions {
  readonly isolation: 'thread' | 'process';
  readonly config?: ConfigObject;
  readonly memoryLimitBytes?: number;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A host with a fixture plugin in it, whose lines are taken as they come, without their time. */
export class HostUnderTest {
  readonly host: MonitorHost;
  readonly lines: string[] = [];
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

  static async of(plugin: string, options: HostUnderTestOptions): Promise<HostUnderTest> {
    const prepared = await preparePlugin(path.join(fixtures, plugin), { cacheFolder });
    if (prepared.kind !== 'ready') throw new Error(prepared.message);
    return new HostUnderTest((listener) =>
      createHost({
        isolation: options.isolation,
        pluginUrl: prepared.url,
        monitor: 'fixture()',
        module: 'fixture',
        id: '',
        config: { module: 'fixture', ...options.config },
        defaultSampleIntervalSecs: 30,
        globalRateMetricNames: [],
        debugLevel: 0,
        memoryLimitBytes: options.memoryLimitBytes ?? 128 * 1024 * 1024,
        environment: { PATH: process.env['PATH'], ...options.environment },
        listener,
        clock: systemClock,
      }),
    );
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
    let from = 0;
    for (const length of this.counting ? [] : block.lengths) {
      const line = block.text.toString('utf8', from, from + length);
      this.lines.push(line.replace(/^\S+ \S+ /, '').trimEnd());
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
