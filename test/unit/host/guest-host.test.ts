import { beforeEach, describe, expect, it } from 'vitest';
import { GuestHost } from '../../../src/host/guest-host.ts';
import { encodeGuestMessage, type GuestMessage } from '../../../src/host/guest-message.ts';
import type { Guest, GuestEvents } from '../../../src/host/guest.ts';
import type { Diagnostic } from '../../../src/host/monitor-host.ts';
import type { LineBlock } from '../../../src/metric-line/line-block.ts';
import { FakeClock } from '../../support/fake-clock.ts';

/** A guest that does nothing but write down what is asked of it. */
class FakeGuest implements Guest {
  readonly place = { kind: 'thread' } as const;
  readonly asked: string[] = [];
  events: GuestEvents | undefined;
  block: LineBlock | undefined;
  problem: Error | undefined;

  start(events: GuestEvents): void {
    if (this.problem !== undefined) throw this.problem;
    this.events = events;
  }

  send(text: string): void {
    this.asked.push(String(JSON.parse(text).type));
  }

  end(): void {
    this.asked.push('(end)');
  }

  kill(): void {
    this.asked.push('(kill)');
  }

  drain(): LineBlock | undefined {
    if (this.problem !== undefined) throw this.problem;
    return this.block;
  }

  says(message: GuestMessage): void {
    this.events?.onMessage(encodeGuestMessage(message));
  }

  dies(): void {
    this.events?.onDeath({ reason: 'crashed', message: 'Ended with exit code 1' });
  }
}

const LINE: LineBlock = {
  monitor: 'm()',
  count: 1,
  lengths: Uint32Array.of(2),
  isLog: Uint8Array.of(0),
  text: Buffer.from('a\n'),
};

describe('GuestHost', () => {
  let guest: FakeGuest;
  let clock: FakeClock;
  let diagnostics: Diagnostic[];
  let readable: number;
  let host: GuestHost;

  beforeEach(() => {
    guest = new FakeGuest();
    clock = new FakeClock();
    diagnostics = [];
    readable = 0;
    host = new GuestHost({
      guest,
      clock,
      setup: {
        pluginUrl: 'file:///plugin.mjs',
        module: 'm',
        id: '',
        config: {},
        defaultSampleIntervalSecs: 30,
        globalRateMetricNames: [],
        debugLevel: 0,
        memoryLimitBytes: 1,
      },
      listener: {
        onReadable: () => {
          readable += 1;
        },
        onDiagnostic: (diagnostic) => diagnostics.push(diagnostic),
      },
    });
  });

  async function started(): Promise<void> {
    const outcome = host.start();
    guest.says({ type: 'started', description: DESCRIPTION });
    await outcome;
  }

  it('says once that lines can be read, until a drain finds nothing', async () => {
    await started();
    guest.events?.onReadable();
    guest.events?.onReadable();
    expect(readable).toBe(1);

    guest.block = LINE;
    expect(host.drain(100)).toBe(LINE);
    guest.events?.onReadable();
    expect(readable).toBe(1);

    guest.block = undefined;
    expect(host.drain(100)).toBeUndefined();
    guest.events?.onReadable();
    expect(readable).toBe(2);
  });

  it('asks to stop and ends by force only after the grace', async () => {
    await started();
    const stopped = host.stop(5000);
    await clock.advance(4999);
    expect(guest.asked).toEqual(['start', 'stop']);

    await clock.advance(1);
    expect(guest.asked).toEqual(['start', 'stop', '(end)']);

    guest.dies();
    await stopped;
    expect(await host.exited).toEqual({
      reason: 'killed',
      message: 'Ended by force: it did not stop within 5000 ms',
    });
  });

  it('lets no timer run after a stop in time', async () => {
    await started();
    const stopped = host.stop(5000);
    guest.says({ type: 'ending', reason: 'stopped', message: 'Stopped' });
    guest.dies();
    await stopped;

    expect(clock.pending).toEqual([]);
    expect(await host.exited).toEqual({ reason: 'stopped', message: 'Stopped' });
  });

  it('ignores what it does not understand and says so', async () => {
    await started();
    guest.events?.onMessage('{"type":"dance"}');

    expect(diagnostics).toMatchObject([
      { level: 'warn', message: 'Ignored a message of the host that could not be understood' },
    ]);
  });

  it('ends a guest that writes something else than lines', async () => {
    await started();
    guest.problem = new TypeError('Cannot read a frame of length 0');

    expect(host.drain(100)).toBeUndefined();
    guest.dies();

    expect(guest.asked).toEqual(['start', '(kill)']);
    expect(await host.exited).toEqual({
      reason: 'killed',
      message: 'Ended by force: it wrote what is no metric line into the channel of metric lines',
    });
  });

  it('answers a start that throws with an outcome', async () => {
    guest.problem = new Error('no threads left');

    expect(await host.start()).toEqual({
      kind: 'failed',
      message: 'Cannot start the host: Error: no threads left',
    });
    expect(await host.exited).toMatchObject({ reason: 'crashed' });
  });

  it('tells the uncaught exception that a guest died of, and the stack as a diagnostic', async () => {
    await started();
    guest.says({ type: 'crash', message: 'Uncaught exception: x', stack: 'Error: x\n    at plugin.ts:1:1' });
    guest.dies();

    expect(await host.exited).toEqual({ reason: 'crashed', message: 'Uncaught exception: x' });
    expect(diagnostics).toMatchObject([{ level: 'error', stack: 'Error: x\n    at plugin.ts:1:1' }]);
  });

  it('does not take a second gather while the first is in progress', async () => {
    await started();
    const first = host.gather();

    expect(() => host.gather()).toThrow('Cannot gather: the host is busy or not started');
    guest.says({ type: 'done' });
    expect(await first).toEqual({ kind: 'ok' });
  });
});

const DESCRIPTION = {
  description: 'M',
  drivesItself: false,
  disabled: false,
  sampleIntervalSecs: 30,
  metricLog: { path: 'm.log', writeRate: 2000, maxWriteBurst: 100_000, flushDelaySecs: 0 },
  metrics: [],
};
