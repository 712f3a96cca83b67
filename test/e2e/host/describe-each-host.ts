import { rm } from 'node:fs/promises';
import { afterAll, afterEach, describe } from 'vitest';
import type { StartOutcome } from '../../../src/host/monitor-host.ts';
import { cacheFolder, HostUnderTest, type HostUnderTestOptions } from './host-under-test.ts';

type Options = Omit<HostUnderTestOptions, 'isolation'>;

/** Makes hosts with a fixture plugin in them; they are ended after the test. */
export interface Hosts {
  unstarted(plugin: string, options?: Options): Promise<HostUnderTest>;
  started(plugin: string, options?: Options): Promise<HostUnderTest>;
  startOutcome(plugin: string): Promise<StartOutcome>;
}

/** The same tests for every kind of host: all keep the one contract. */
export function describeEachHost(title: string, body: (hosts: Hosts) => void): void {
  describe.each(['thread', 'process'] as const)(`${title}, isolation "%s"`, (isolation) => {
    describeHosts(isolation, body);
  });
}

/** Tests for one kind of host. */
export function describeHosts(isolation: 'thread' | 'process', body: (hosts: Hosts) => void): void {
  const made: HostUnderTest[] = [];

  afterEach(async () => {
    for (const { host } of made.splice(0)) {
      host.kill();
      await host.exited;
    }
  });

  afterAll(() => rm(cacheFolder, { recursive: true, force: true }));

  async function unstarted(plugin: string, options: Options = {}): Promise<HostUnderTest> {
    const test = await HostUnderTest.of(plugin, { isolation, ...options });
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

  body({ unstarted, started, startOutcome });
}
