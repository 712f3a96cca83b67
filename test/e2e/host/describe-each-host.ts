import { rm } from 'node:fs/promises';
import { afterAll, afterEach, describe } from 'vitest';
import type { StartOutcome } from '../../../src/host/monitor-host.ts';
import { hasPython } from '../../support/has-python.ts';
import { cacheFolder, HostUnderTest, type HostKind, type HostUnderTestOptions } from './host-under-test.ts';

type Options = Omit<HostUnderTestOptions, 'kind'>;

/** Makes hosts with a fixture plugin in them; they are ended after the test. */
export interface Hosts {
  unstarted(plugin: string, options?: Options): Promise<HostUnderTest>;
  started(plugin: string, options?: Options): Promise<HostUnderTest>;
  startOutcome(plugin: string): Promise<StartOutcome>;
  /** How a stack trace names a line of a fixture. */
  place(plugin: string, line: LineOf): RegExp;
}

/** The line of a fixture in each language. */
export interface LineOf {
  readonly typescript: number;
  readonly python: number;
}

/** The same tests for every kind of host: all keep the one contract. */
export function describeEachHost(title: string, body: (hosts: Hosts) => void): void {
  describeTypeScriptHosts(title, body);
  describe.skipIf(!hasPython)(`${title}: python`, () => {
    describeHosts('python', body);
  });
}

/** The same tests for the hosts that TypeScript plugins live in. */
export function describeTypeScriptHosts(title: string, body: (hosts: Hosts) => void): void {
  describe.each(['thread', 'shared', 'process'] as const)(`${title}: %s`, (kind) => {
    describeHosts(kind, body);
  });
}

/** Tests for one kind of host. */
export function describeHosts(kind: HostKind, body: (hosts: Hosts) => void): void {
  const made: HostUnderTest[] = [];

  afterEach(async () => {
    for (const { host } of made.splice(0)) {
      host.kill();
      await host.exited;
    }
  });

  afterAll(() => rm(cacheFolder, { recursive: true, force: true }));

  async function unstarted(plugin: string, options: Options = {}): Promise<HostUnderTest> {
    const test = await HostUnderTest.of(plugin, { kind, ...options });
    made.push(test);
    return test;
  }

  async function started(plugin: string, options: Options = {}): Promise<HostUnderTest> {
    const test = await unstarted(plugin, options);
    const outcome = await test.host.start();
    if (outcome.kind !== 'started') throw new Error(outcome.message);
    return test;
  }

  async function startOutcome(plugin: string): Promise<StartOutcome> {
    return (await unstarted(plugin)).host.start();
  }

  function place(plugin: string, { typescript, python }: LineOf): RegExp {
    return kind === 'python'
      ? new RegExp(`${plugin.replaceAll('-', '_')}\\.py", line ${python},`)
      : new RegExp(`${plugin}\\.ts:${typescript}:\\d+`);
  }

  body({ unstarted, started, startOutcome, place });
}
