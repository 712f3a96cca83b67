import { describe, expect, it } from 'vitest';
import type { MonitorEntry } from '../../../src/config/configuration.ts';
import { MonitorsManager } from '../../../src/scheduler/monitors-manager.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FakeHost, never } from '../../support/fake-host.ts';
import type { Behaviour } from '../../support/fake-host.ts';
import { linesOf } from '../../support/line-block.ts';
import { RecordingLogger } from '../../support/recording-logger.ts';

function entry(id: string): MonitorEntry {
  return {
    module: 'fake',
    id,
    name: `fake(${id})`,
    config: {},
    source: { file: '/etc/agent.json', line: 1, column: 1 },
    isolation: 'thread',
    stopAgentOnFailure: false,
  };
}

/** A manager of monitors with the ids given; `behaviours` says what the host of each does. */
function manage(behaviours: Readonly<Record<string, Behaviour>>) {
  const clock = new FakeClock();
  const hosts: Record<string, FakeHost> = {};
  const manager = new MonitorsManager({
    clock,
    logger: new RecordingLogger(),
    random: () => 0,
    createHost: async ({ id }, listener) => ({
      kind: 'created',
      host: (hosts[id] = new FakeHost(listener, behaviours[id])),
      files: [],
    }),
    jitter: false,
    gatherDeadlineMs: 60_000,
    onReadable: () => {},
    onStarted: () => {},
    onFatal: () => {},
  });
  manager.start(Object.keys(behaviours).map((id) => entry(id)));
  return { clock, hosts, manager };
}

const SLOW_START: Behaviour = { start: () => never() };

describe('MonitorsManager', () => {
  it('starts every monitor and says how each one is, in the order of the configuration', async () => {
    const { clock, manager } = manage({ b: {}, a: { description: { disabled: true } }, c: SLOW_START });
    await clock.advance(0);
    expect(manager.status.map(({ name, state }) => [name, state.kind])).toEqual([
      ['fake(b)', 'running'],
      ['fake(a)', 'disabled'],
      ['fake(c)', 'starting'],
    ]);
  });

  it('starts four hosts at a time, and does not let one that hangs hold up the others', async () => {
    const { clock, hosts } = manage({ s: SLOW_START, t: SLOW_START, u: SLOW_START, v: SLOW_START, w: {} });
    await clock.advance(1999);
    expect(Object.keys(hosts)).toEqual(['s', 't', 'u', 'v']);
    await clock.advance(1);
    expect(Object.keys(hosts)).toEqual(['s', 't', 'u', 'v', 'w']);
  });

  it('keeps the interval of the others while one monitor hangs', async () => {
    const { clock, hosts } = manage({ hangs: { gather: () => never() }, works: {} });
    await clock.advance(50_000);
    expect(hosts['works']?.calls.filter((call) => call === 'gather')).toHaveLength(6);
  });

  it('stops all monitors at once, so that they share one grace', async () => {
    const { clock, hosts, manager } = manage({ a: { ignoresStop: true }, b: { ignoresStop: true } });
    await clock.advance(0);
    let stopped = false;
    const stopping = manager.stop().then(() => (stopped = true));
    await clock.advance(0);
    expect([hosts['a']?.calls.at(-1), hosts['b']?.calls.at(-1)]).toEqual(['stop 5000', 'stop 5000']);
    hosts['a']?.exit({ reason: 'killed', message: 'its grace was over' });
    await clock.advance(0);
    expect(stopped).toBe(false);
    hosts['b']?.exit({ reason: 'killed', message: 'its grace was over' });
    await stopping;
    expect(manager.status.map(({ state }) => state.kind)).toEqual(['stopped', 'stopped']);
  });

  it('gives the lines that are left when all hosts are gone', async () => {
    const { clock, hosts, manager } = manage({ a: {}, b: {} });
    await clock.advance(0);
    hosts['b']?.emit('fake(b)', 'the last value');
    await manager.stop();
    const blocks = manager.lines.flatMap((lines) => lines.drain(1000) ?? []);
    expect(linesOf(blocks)).toEqual(['the last value']);
  });
});

describe('MonitorsManager.apply', () => {
  const CALM = { retryParked: false };

  it('leaves monitors whose entry is the same alone, also when it stands somewhere else in the file', async () => {
    const { clock, hosts, manager } = manage({ a: {} });
    await clock.advance(0);
    const host = hosts['a'];
    await manager.apply([{ ...entry('a'), source: { file: '/etc/agent.json', line: 9, column: 1 } }], CALM);
    await clock.advance(10_000);
    expect(hosts['a']).toBe(host);
    expect(host?.calls).toEqual(['start', 'gather', 'gather']);
  });

  it('ends a monitor whose entry changed, and starts it anew when its host is gone', async () => {
    const { clock, hosts, manager } = manage({ a: {}, b: {} });
    await clock.advance(0);
    const before = hosts['a'];
    await manager.apply([{ ...entry('a'), config: { url: 'x' } }, entry('b')], CALM);
    await clock.advance(0);
    expect(before?.calls).toEqual(['start', 'gather', 'stop 5000']);
    expect(hosts['a']?.calls).toEqual(['start', 'gather']);
    expect(hosts['b']?.calls).toEqual(['start', 'gather']);
  });

  it('ends what is no longer configured, starts what is new, and shows the new order', async () => {
    const { clock, hosts, manager } = manage({ a: {}, b: {} });
    await clock.advance(0);
    await manager.apply([entry('c'), entry('b')], CALM);
    await clock.advance(0);
    expect(hosts['a']?.calls.at(-1)).toBe('stop 5000');
    expect(manager.status.map(({ name, state }) => [name, state.kind])).toEqual([
      ['fake(c)', 'running'],
      ['fake(b)', 'running'],
    ]);
  });

  it('still gives the lines of a monitor that was ended', async () => {
    const { clock, hosts, manager } = manage({ a: {} });
    await clock.advance(0);
    hosts['a']?.emit('fake(a)', 'last words');
    await manager.apply([], CALM);
    const blocks = manager.lines.map((lines) => lines.drain(1000)).filter((block) => block !== undefined);
    expect(linesOf(blocks)).toEqual(['last words']);
  });

  it('starts a parked monitor anew only when it is asked to', async () => {
    const bad: Behaviour = { start: async () => ({ kind: 'bad-configuration', message: 'no url' }) };
    const { clock, hosts, manager } = manage({ a: bad });
    await clock.advance(0);
    const host = hosts['a'];
    await manager.apply([entry('a')], CALM);
    await clock.advance(0);
    expect(hosts['a']).toBe(host);
    await manager.apply([entry('a')], { retryParked: true });
    await clock.advance(0);
    expect(hosts['a']).not.toBe(host);
  });

  it('keeps instances that have the same entry apart', async () => {
    const { clock, hosts, manager } = manage({ a: {} });
    await clock.advance(0);
    await manager.apply([entry('a'), entry('a')], CALM);
    await clock.advance(0);
    expect(manager.status).toHaveLength(2);
    await manager.apply([entry('a')], CALM);
    expect(manager.status).toHaveLength(1);
    expect(hosts['a']?.calls).toEqual(['start', 'gather', 'stop 5000']);
  });
});
