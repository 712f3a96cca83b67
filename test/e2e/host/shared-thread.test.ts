import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/clock/system-clock.ts';
import { GuestHost } from '../../../src/host/guest-host.ts';
import { preparePlugin } from '../../../src/host/plugin/prepare-plugin.ts';
import { SharedThreads } from '../../../src/host/thread/shared-threads.ts';
import { ThreadGuest } from '../../../src/host/thread/thread-guest.ts';
import { HostUnderTest, cacheFolder, setupFor } from './host-under-test.ts';

const FIXTURES = path.resolve(import.meta.dirname, '../../fixtures/plugins');

/** Monitors that share threads, at most ten in one. */
class Neighbours {
  readonly #threads = new SharedThreads(10);
  readonly #made: HostUnderTest[] = [];

  /** `monitor` is its name; a name that comes again is a monitor that is started again. */
  async started(plugin: string, monitor: string, version = ''): Promise<HostUnderTest> {
    const prepared = await preparePlugin(path.join(FIXTURES, `${plugin}.ts`), { cacheFolder });
    if (prepared.kind !== 'ready') throw new Error(prepared.message);
    const { clock, environment, ...setup } = setupFor(plugin, { kind: 'shared' });
    const request = {
      environment: { PATH: environment.PATH ?? '' },
      clock: systemClock,
      memoryLimitBytes: setup.memoryLimitBytes,
      pluginUrl: prepared.url + version,
      module: plugin,
    };
    const test = HostUnderTest.with(
      (listener) =>
        new GuestHost({
          guest: new ThreadGuest({ monitor, join: (tenant) => this.#threads.join(tenant, request) }),
          setup: { ...setup, pluginUrl: prepared.url },
          listener,
          clock,
        }),
    );
    this.#made.push(test);
    const outcome = await test.host.start();
    if (outcome.kind !== 'started') throw new Error(outcome.message);
    return test;
  }

  async several(plugin: string, count: number): Promise<HostUnderTest[]> {
    const started: HostUnderTest[] = [];
    for (let i = 1; i <= count; i++) started.push(await this.started(plugin, `m(${i})`));
    return started;
  }

  async end(): Promise<void> {
    for (const { host } of this.#made.splice(0)) {
      host.kill();
      await host.exited;
    }
  }
}

const nameOf = ({ host }: HostUnderTest): string | undefined => host.place.shared?.name;
const othersWith = ({ host }: HostUnderTest): number | undefined => host.place.shared?.others;

describe('a shared thread', () => {
  let neighbours: Neighbours;

  beforeEach(() => {
    neighbours = new Neighbours();
  });
  afterEach(() => neighbours.end());
  afterAll(() => rm(cacheFolder, { recursive: true, force: true }));

  it('holds instances of one plugin until it is full, and says how many', async () => {
    const many = await neighbours.several('counts', 12);

    expect(many.map(nameOf)).toEqual([
      ...Array.from({ length: 10 }, () => 'counts/1'),
      'counts/2',
      'counts/2',
    ]);
    expect(many.map(othersWith)).toEqual([...Array.from({ length: 10 }, () => 9), 1, 1]);
  });

  it('does not mix plugins', async () => {
    const one = await neighbours.started('counts', 'a()');
    const other = await neighbours.started('logs', 'b()');

    expect([nameOf(one), nameOf(other)]).toEqual(['counts/1', 'logs/1']);
  });

  it('keeps the lines and the messages of its monitors apart', async () => {
    const [first, second] = await neighbours.several('counts', 2);
    const [talks, silent] = await neighbours.several('logs', 2);

    await first?.host.gather();
    await first?.host.gather();
    await second?.host.gather();
    await talks?.host.gather();
    await first?.until(() => first.lines.length === 2);
    await second?.until(() => second.lines.length === 1);
    await talks?.until(() => talks.diagnostics.length === 3);

    expect(first?.lines).toEqual(['[fixture()] count 1', '[fixture()] count 2']);
    expect(second?.lines).toEqual(['[fixture()] count 1']);
    expect(silent?.diagnostics).toEqual([]);
  });

  it('goes on when one of its monitors stops', async () => {
    const [leaves, stays] = await neighbours.several('counts', 2);

    await leaves?.host.stop(5000);

    expect(await leaves?.host.exited).toMatchObject({ reason: 'stopped' });
    expect(await stays?.host.gather()).toEqual({ kind: 'ok' });
    expect(stays && othersWith(stays)).toBe(0);
  });

  it('ends when the last one leaves, and makes room for a new one', async () => {
    const [first, second] = await neighbours.several('counts', 2);
    await first?.host.stop(5000);
    await second?.host.stop(5000);

    expect(nameOf(await neighbours.started('counts', 'm(3)'))).toBe('counts/2');
  });

  it('lets a monitor go that never finishes, which is alone from then on, and goes on with the others', async () => {
    const [hangs, other] = await neighbours.several('never-resolves', 2);
    void hangs?.host.gather();

    hangs?.host.kill();

    expect(await hangs?.host.exited).toEqual({ reason: 'killed', message: 'Ended by force' });
    expect(await other?.host.stop(5000)).toBeUndefined();
    expect(await other?.host.exited).toMatchObject({ reason: 'stopped' });
    const again = await neighbours.started('never-resolves', 'm(1)');
    expect(again.host.place).toEqual({ kind: 'thread' });
  });

  it('takes a monitor in again that ended by itself before it was ended by force', async () => {
    const [fails] = await neighbours.several('run-throws', 2);
    await fails?.host.run();

    fails?.host.kill();

    expect(await fails?.host.exited).toMatchObject({ reason: 'crashed' });
    expect(nameOf(await neighbours.started('run-throws', 'm(1)'))).toBe('run-throws/1');
  });

  it('dies when one of its monitors blocks it and has to be ended', async () => {
    const [blocks, other] = await neighbours.several('never-returns', 2);
    void blocks?.host.gather();

    blocks?.host.kill();

    expect(await blocks?.host.exited).toMatchObject({ reason: 'killed' });
    expect(await other?.host.exited).toEqual({
      reason: 'crashed',
      message: 'Its thread, shared with 1 other, died: Ended with exit code 1',
    });
  });

  it('loses no line when it dies', async () => {
    const [first, second] = await neighbours.several('throws-later', 2);
    if (first === undefined || second === undefined) throw new Error('not started');
    second.isReading = false;
    await second.host.gather();

    const exit = await first.host.exited;
    await second.host.exited;
    second.isReading = true;
    second.onReadable();

    expect(exit.message).toMatch(/^Its thread, shared with 1 other, died: Uncaught exception: /);
    expect(second.lines).toHaveLength(1);
  });

  it('is a tenth as full for those whose thread has died, until the guilty one is alone', async () => {
    const crowd = await neighbours.several('throws-later', 3);
    await crowd[0]?.host.gather();
    await Promise.all(crowd.map(({ host }) => host.exited));

    const back = await neighbours.several('throws-later', 3);

    expect(back.map(({ host }) => host.place)).toEqual(back.map(() => ({ kind: 'thread' })));
  });

  it('is as full as ever for those whose plugin was edited since', async () => {
    const crowd = await neighbours.several('throws-later', 3);
    await crowd[0]?.host.gather();
    await Promise.all(crowd.map(({ host }) => host.exited));

    const mended = await neighbours.started('throws-later', 'm(1)', '?mended');

    expect(nameOf(mended)).toBe('throws-later/2');
  });

  it('says the stack of what killed it once, not for each of its monitors', async () => {
    const crowd = await neighbours.several('throws-later', 3);
    await crowd[0]?.host.gather();
    await Promise.all(crowd.map(({ host }) => host.exited));

    const withStack = crowd.flatMap(({ diagnostics }) => diagnostics).filter(({ stack }) => stack);
    expect(withStack).toHaveLength(1);
  });

  it('ends as a whole when it needs more memory than one monitor may have', async () => {
    const crowd = await neighbours.several('leaks-buffers', 2);

    for (let i = 0; i < 6; i++) await crowd[0]?.host.gather();
    const exits = await Promise.all(crowd.map(({ host }) => host.exited));

    expect(exits[0]).toMatchObject({ reason: 'out-of-memory' });
    expect(exits[1]?.message).toMatch(/^Its thread, shared with 1 other, died: Out of memory/);
  });
});
