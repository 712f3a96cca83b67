import { expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { DeliveryLanes } from '../../../src/otlp/delivery-lanes.ts';
import type { CursorProgress } from '../../../src/otlp/delivery-contract.ts';
import { FakeClock, settle } from '../../support/fake-clock.ts';
import { RecordingLogger } from '../../support/recording-logger.ts';
import { BUSY, FakeTransport, silence } from './support/fake-transport.ts';
import { backendSettings } from './support/lane-fixture.ts';
import { MemorySpool } from './support/memory-spool.ts';

/** Two backends, `a` and `b`, each with a metrics and a logs spool of its own in memory. */
async function start(transports: { readonly a: FakeTransport; readonly b: FakeTransport }) {
  const clock = new FakeClock();
  const spools = new Map<string, MemorySpool>();
  const progress: CursorProgress[] = [];
  const state = (folder: string) => ({
    folder,
    fsync: 'never' as const,
    end: { segment: 1, offset: 0 },
    cursors: {},
  });
  const lanes = await DeliveryLanes.start(
    {
      backends: [backendSettings({ name: 'a' }), backendSettings({ name: 'b' })],
      otel: { exportIntervalMs: 1_000, text: 'logs', cumulative: 'gauge', dropAttributes: ['secret'] },
      resourceAttributes: {},
      spools: { metrics: state('metrics'), logs: state('logs') },
      definitions: new Map(),
      deadLetterFolder: temporaryFolder(),
      userAgent: 'test/1',
    },
    {
      clock,
      random: () => 0.5,
      logger: new RecordingLogger(),
      onProgress: (report) => progress.push(report),
      openSpool: async (backend, { folder }) => {
        const spool = new MemorySpool();
        spools.set(`${backend} ${folder}`, spool);
        return spool;
      },
      openTransport: ({ name }) => (name === 'a' ? transports.a : transports.b),
    },
  );
  const append = (signal: 'metrics' | 'logs', contents: readonly string[]): void => {
    for (const [name, spool] of spools) {
      if (name.endsWith(signal)) spool.append('m()', contents);
    }
    const end = spools.get(`a ${signal}`)?.end ?? { segment: 1, offset: 0 };
    lanes.advance(signal, end);
  };
  return { clock, lanes, append, progress };
}

it('does not delay one backend when the other never answers', async () => {
  const dead = new FakeTransport(silence);
  const alive = new FakeTransport();
  const { clock, append } = await start({ a: dead, b: alive });
  append('metrics', ['m 1']);
  await clock.advance(1_000);
  append('metrics', ['m 2']);
  await clock.advance(1_000);
  expect(alive.accepted).toEqual(['m=1', 'm=2']);
  expect(dead.requests).toEqual([['m=1']]);
});

it('does not delay metrics when a backend takes no logs', async () => {
  const transport = new FakeTransport((_, signal) =>
    signal === 'logs'
      ? { kind: 'endpoint-wrong', reason: 'HTTP 404 Not Found' }
      : { kind: 'accepted', rejectedItems: 0, message: '' },
  );
  const { clock, append } = await start({ a: transport, b: new FakeTransport() });
  append('logs', ['m "text"']);
  append('metrics', ['m 1']);
  await clock.advance(1_000);
  append('metrics', ['m 2']);
  await clock.advance(1_000);
  expect(transport.accepted).toEqual(['m=1', 'm=2']);
});

it('stops all backends together within one deadline and closes their connections', async () => {
  const dead = new FakeTransport(silence);
  const busy = new FakeTransport(() => BUSY);
  const { clock, lanes, append } = await start({ a: dead, b: busy });
  append('metrics', ['m 1']);
  await clock.advance(1_000);
  const stopped = lanes.stop(3_000);
  await settle();
  await clock.advance(3_000);
  await stopped;
  expect([dead.isClosed, busy.isClosed]).toEqual([true, true]);
  expect(clock.pending).toEqual([]);
});

it('reports where each backend stands in each spool from the start', async () => {
  const { progress } = await start({ a: new FakeTransport(), b: new FakeTransport() });
  expect(progress.map(({ backend, signal, state }) => [backend, signal, state.kind])).toEqual([
    ['a', 'metrics', 'idle'],
    ['a', 'logs', 'idle'],
    ['b', 'metrics', 'idle'],
    ['b', 'logs', 'idle'],
  ]);
});
