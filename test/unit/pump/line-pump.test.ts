import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LinePump } from '../../../src/pump/line-pump.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { RecordingLogger } from '../../support/recording-logger.ts';
import { FakeSink, FakeSource } from './fakes.ts';

function makePump(monitors: readonly string[] = ['m(1)']) {
  const clock = new FakeClock();
  const logger = new RecordingLogger();
  const metrics = new FakeSink();
  const logs = new FakeSink();
  const metricLog = new FakeSink();
  const emitted: Record<string, number> = {};
  const pump = new LinePump({
    sources: () => sources,
    spools: { metrics, logs },
    metricLogs: metricLog,
    ledger: {
      emitted: (monitor, count) => {
        emitted[monitor] = (emitted[monitor] ?? 0) + count;
      },
    },
    clock,
    logger,
  });
  const sources = monitors.map((monitor) => new FakeSource(monitor, (source) => pump.onReadable(source)));
  const source = (monitor: string): FakeSource =>
    sources.find((candidate) => candidate.monitor === monitor) ?? expect.fail(`no source ${monitor}`);
  return { clock, logger, metrics, logs, metricLog, emitted, pump, source };
}

/** A promise and the key to it. */
function makeGate(): { gate: Promise<void>; open: () => void } {
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => (open = resolve));
  return { gate, open };
}

describe('LinePump', () => {
  it('takes lines to the spool of their signal and to the metric log, and counts them', async () => {
    const { clock, source, metrics, logs, metricLog, emitted } = makePump();
    source('m(1)').emit('a 1', 'log: text', 'b 2');
    await clock.advance(10);
    expect(metrics.lines).toEqual(['a 1', 'b 2']);
    expect(logs.lines).toEqual(['log: text']);
    expect(metricLog.lines).toEqual(['a 1', 'log: text', 'b 2']);
    expect(emitted).toEqual({ 'm(1)': 3 });
  });

  it('waits a moment after a silence, so that the lines of one sample travel together', async () => {
    const { clock, source, metricLog } = makePump(['m(1)', 'm(2)']);
    source('m(1)').emit('a');
    await clock.advance(9);
    source('m(1)').emit('b');
    source('m(2)').emit('c');
    expect(metricLog.blocks).toEqual([]);
    await clock.advance(1);
    expect(metricLog.blocks).toHaveLength(2);
    expect(metricLog.lines).toEqual(['a', 'b', 'c']);
  });

  it('writes to the metric log only what the spools have', async () => {
    const { clock, source, metrics, logs, metricLog } = makePump();
    const { gate, open } = makeGate();
    logs.gate = gate;
    source('m(1)').emit('a 1', 'log: text');
    await clock.advance(1000);
    expect(metrics.lines).toEqual(['a 1']);
    expect(metricLog.lines).toEqual([]);
    open();
    await clock.advance(0);
    expect(metricLog.lines).toEqual(['a 1', 'log: text']);
  });

  it('works without a spool, when no backend is configured', async () => {
    const clock = new FakeClock();
    const metricLog = new FakeSink();
    const source = new FakeSource('m(1)');
    source.emit('a');
    const pump = new LinePump({
      sources: () => [source],
      spools: {},
      metricLogs: metricLog,
      ledger: { emitted: () => {} },
      clock,
      logger: new RecordingLogger(),
    });
    await pump.flush();
    expect(metricLog.lines).toEqual(['a']);
  });

  it('leaves lines with the monitors while the spool is slow: one round is all it holds', async () => {
    const { clock, pump, source, metrics, metricLog } = makePump();
    const { gate, open } = makeGate();
    metrics.gate = gate;
    const line = 'x'.repeat(1023);
    source('m(1)').emit(...Array<string>(1000).fill(line));
    await clock.advance(60_000);
    expect(metrics.lines).toHaveLength(256);
    expect(metricLog.lines).toHaveLength(0);
    expect(source('m(1)').waiting).toHaveLength(744);
    open();
    await pump.flush();
    expect(metricLog.lines).toHaveLength(1000);
  });

  it('takes no more than about two megabytes in a round, and starts the next one with those that had no turn', async () => {
    const monitors = Array.from({ length: 12 }, (_, n) => `m(${n})`);
    const { clock, source, metrics } = makePump(monitors);
    const { gate, open } = makeGate();
    metrics.gate = gate;
    for (const monitor of monitors) source(monitor).emit(...Array<string>(300).fill('x'.repeat(1023)));
    await clock.advance(10);
    expect(metrics.blocks.map((block) => block.monitor)).toEqual(monitors.slice(0, 8));
    metrics.gate = makeGate().gate;
    open();
    await clock.advance(0);
    expect(metrics.blocks.slice(8).map((block) => block.monitor)).toEqual([
      ...monitors.slice(8),
      ...monitors.slice(0, 8),
    ]);
  });

  it('gives a quiet monitor its turn while another one floods', async () => {
    const { clock, source, metrics } = makePump(['flood()', 'quiet()']);
    const { gate, open } = makeGate();
    metrics.gate = gate;
    source('flood()').emit(...Array<string>(10_000).fill('x'.repeat(1023)));
    await clock.advance(10);
    source('quiet()').emit('here I am');
    metrics.gate = makeGate().gate;
    open();
    await clock.advance(0);
    expect(metrics.linesOf('quiet()')).toEqual(['here I am']);
    expect(source('flood()').waiting.length).toBeGreaterThan(9000);
  });

  it('goes on with the spool when the metric log breaks its contract, and the other way round', async () => {
    const { clock, source, metrics, metricLog, logger } = makePump();
    metricLog.fails = true;
    source('m(1)').emit('a');
    await clock.advance(10);
    metricLog.fails = false;
    metrics.fails = true;
    source('m(1)').emit('b');
    await clock.advance(10);
    expect(metrics.lines).toEqual(['a', 'b']);
    expect(metricLog.lines).toEqual(['a', 'b']);
    expect(logger.messages('error')).toEqual([
      'Cannot write lines to the metric log: this is a bug in the collector',
      'Cannot append lines to the spool: this is a bug in the collector',
    ]);
  });

  it('goes on with the others when one source cannot be read', async () => {
    const { clock, source, pump, metricLog, logger } = makePump();
    pump.onReadable({
      monitor: 'broken()',
      drain: () => {
        throw new Error('torn ring');
      },
    });
    source('m(1)').emit('a');
    await clock.advance(10);
    expect(metricLog.lines).toEqual(['a']);
    expect(logger.messages('error')).toEqual([
      'Cannot read lines from the monitor: this is a bug in the collector',
    ]);
  });

  describe('flush', () => {
    it('takes what is there now, announced or not, without waiting, and flushes the metric logs', async () => {
      const { pump, source, metrics, metricLog } = makePump(['m(1)', 'm(2)']);
      source('m(1)').emit('announced');
      source('m(2)').waiting.push('not announced');
      await pump.flush();
      expect(metrics.lines).toEqual(['announced', 'not announced']);
      expect(metricLog.lines).toEqual(['announced', 'not announced']);
      expect(metricLog.flushes).toBe(1);
    });

    it('waits for the round in progress and takes what came meanwhile', async () => {
      const { clock, pump, source, metrics, metricLog } = makePump(['m(1)', 'm(2)']);
      const { gate, open } = makeGate();
      metrics.gate = gate;
      source('m(1)').emit('a');
      await clock.advance(10);
      source('m(2)').waiting.push('b');
      const flushed = pump.flush();
      open();
      await flushed;
      expect(metricLog.lines).toEqual(['a', 'b']);
    });

    it('finds lines at every moment of the end of a round', async () => {
      for (let turns = 0; turns < 20; turns++) {
        const { clock, pump, source, metricLog } = makePump();
        source('m(1)').emit('a');
        const pumped = clock.advance(10);
        for (let turn = 0; turn < turns; turn++) await Promise.resolve();
        source('m(1)').waiting.push('b');
        await pump.flush();
        expect(metricLog.lines).toEqual(['a', 'b']);
        await pumped;
      }
    });
  });

  it('takes every line to both sides once and in order, whenever it comes and however slow they are', async () => {
    const MONITORS = ['m(1)', 'm(2)', 'm(3)'];
    const steps = fc.array(
      fc.record({
        monitor: fc.constantFrom(...MONITORS),
        count: fc.nat(600),
        isLog: fc.boolean(),
        slow: fc.constantFrom('none', 'metrics', 'logs', 'metricLog'),
        passMs: fc.nat(30),
      }),
      { maxLength: 20 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const { clock, source, pump, metrics, logs, metricLog, emitted } = makePump(MONITORS);
        const sinks = { metrics, logs, metricLog };
        const model: Record<string, string[]> = { 'm(1)': [], 'm(2)': [], 'm(3)': [] };
        for (const { monitor, count, isLog, slow, passMs } of all) {
          if (slow !== 'none') sinks[slow].gate = clock.sleep(passMs);
          const lines = Array.from(
            { length: count },
            (_, n) => `${isLog ? 'log:' : ''}${n}${'x'.repeat(900)}`,
          );
          model[monitor]?.push(...lines);
          source(monitor).emit(...lines);
          await clock.advance(passMs);
        }
        await clock.advance(1000);
        await pump.flush();
        for (const [monitor, lines] of Object.entries(model)) {
          expect(metricLog.linesOf(monitor)).toEqual(lines);
          expect(metrics.linesOf(monitor)).toEqual(lines.filter((line) => !line.startsWith('log:')));
          expect(logs.linesOf(monitor)).toEqual(lines.filter((line) => line.startsWith('log:')));
          expect(emitted[monitor] ?? 0).toBe(lines.length);
        }
      }),
      { numRuns: 30 },
    );
  });
});
