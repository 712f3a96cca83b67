import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MetricLogRequest } from '../../../src/monitor/monitor-description.ts';
import type { MetricLogOutcome } from '../../../src/metric-log/metric-log-ledger.ts';
import { MetricLogs } from '../../../src/metric-log/metric-logs.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { lineBlock } from '../../support/line-block.ts';
import { RecordingLogger } from '../../support/recording-logger.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { FailingDisk } from './failing-disk.ts';

const REQUEST: MetricLogRequest = { path: 'm.log', writeRate: -1, maxWriteBurst: -1, flushDelaySecs: 0 };

/** Adds up what the metric logs report. */
class Totals {
  readonly of: Record<string, MetricLogOutcome> = {};

  metricLog(monitor: string, { written, rateLimited, failed }: MetricLogOutcome): void {
    const before = this.of[monitor] ?? { written: 0, rateLimited: 0, failed: 0 };
    this.of[monitor] = {
      written: before.written + written,
      rateLimited: before.rateLimited + rateLimited,
      failed: before.failed + failed,
    };
  }
}

function makeLogs() {
  const folder = temporaryFolder();
  const clock = new FakeClock();
  const logger = new RecordingLogger();
  const disk = new FailingDisk();
  const ledger = new Totals();
  const logs = new MetricLogs({
    agentLogPath: folder,
    rotation: { maxBytes: 20_971_520, backupCount: 2 },
    clock,
    logger,
    ledger,
    fileSystem: disk,
  });
  onTestFinished(() => logs.close());
  const register = (monitor: string, request: Partial<MetricLogRequest> = {}): void =>
    logs.register(monitor, { ...REQUEST, ...request });
  const write = (monitor: string, ...lines: string[]) => logs.write([lineBlock(monitor, lines)]);
  const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
  return { folder, clock, logger, disk, totals: ledger.of, logs, register, write, read };
}

describe('MetricLogs', () => {
  it('writes the lines of monitors that name one path to one file, in the order they come', async () => {
    const { logs, register, read, totals } = makeLogs();
    register('m(1)');
    register('m(2)');
    await logs.write([lineBlock('m(1)', ['a', 'b']), lineBlock('m(2)', ['c']), lineBlock('m(1)', ['d'])]);
    expect(read('m.log')).toBe('a\nb\nc\nd\n');
    expect(totals).toEqual({
      'm(1)': { written: 3, rateLimited: 0, failed: 0 },
      'm(2)': { written: 1, rateLimited: 0, failed: 0 },
    });
  });

  it('takes an absolute path as it is', async () => {
    const { register, write } = makeLogs();
    const elsewhere = path.join(temporaryFolder(), 'elsewhere.log');
    register('m(1)', { path: elsewhere });
    await write('m(1)', 'a');
    expect(readFileSync(elsewhere, 'utf8')).toBe('a\n');
  });

  it('writes what a monitor emits before it has said where to, as the agent does by default', async () => {
    const { logs, write, read } = makeLogs();
    await write('tick(x)', 'a');
    logs.register('tick(x)', { ...REQUEST, path: 'own.log' });
    await write('tick(x)', 'b');
    expect([read('tick.log'), read('own.log')]).toEqual(['a\n', 'b\n']);
  });

  it('keeps the rotation of the first of several monitors that share a file, and says so', async () => {
    const { register, write, read, folder, logger } = makeLogs();
    register('m(1)', { rotationMaxBytes: 5 });
    register('m(2)', { rotationMaxBytes: 50_000, rotationBackupCount: 1 });
    await write('m(2)', 'one', 'two');
    expect([read('m.log.1'), read('m.log')]).toEqual(['one\n', 'two\n']);
    expect(logger.messages('warn')).toEqual([
      `Metric log "${folder}/m.log" keeps the rotation of the first monitor that writes to it: log_rotation_max_bytes 5 and log_rotation_backup_count 2, not 50000 and 1`,
    ]);
  });

  describe('the rate limit', () => {
    it('drops what is too much, counts it, and says it in the file', async () => {
      const { register, write, read, totals, clock } = makeLogs();
      register('m(1)', { maxWriteBurst: 120, writeRate: 120 });
      await write('m(1)', 'x'.repeat(100), 'y'.repeat(100), 'z'.repeat(20), 'v');
      await clock.advance(1000);
      await write('m(1)', 'later');
      expect(read('m.log')).toBe(
        `${'x'.repeat(100)}\n.... Warning, skipped writing 3 log lines due to limit set by \`monitor_log_write_rate\` option...\nlater\n`,
      );
      expect(totals).toEqual({ 'm(1)': { written: 2, rateLimited: 3, failed: 0 } });
    });

    it('does not take from one monitor what another that shares the file used', async () => {
      const { register, write, totals } = makeLogs();
      register('m(1)', { maxWriteBurst: 10, writeRate: 10 });
      register('m(2)', { maxWriteBurst: 10, writeRate: 10 });
      await write('m(1)', 'x'.repeat(10), 'too much');
      await write('m(2)', 'in time');
      expect(totals).toEqual({
        'm(1)': { written: 1, rateLimited: 1, failed: 0 },
        'm(2)': { written: 1, rateLimited: 0, failed: 0 },
      });
    });

    it('does not start anew when the host of the monitor is restarted', async () => {
      const { register, write, totals } = makeLogs();
      register('m(1)', { maxWriteBurst: 10, writeRate: 10 });
      await write('m(1)', 'x'.repeat(10));
      register('m(1)', { maxWriteBurst: 10, writeRate: 10 });
      await write('m(1)', 'too much');
      expect(totals).toEqual({ 'm(1)': { written: 1, rateLimited: 1, failed: 0 } });
    });
  });

  describe('the flush delay', () => {
    it('holds lines back for so long, then writes them', async () => {
      const { register, write, read, folder, clock, logs, totals } = makeLogs();
      register('m(1)', { flushDelaySecs: 1 });
      await write('m(1)', 'a');
      await clock.advance(500);
      await write('m(1)', 'b');
      await clock.advance(499);
      expect(existsSync(path.join(folder, 'm.log'))).toBe(false);
      expect(totals).toEqual({});
      await clock.advance(1);
      await logs.flush();
      expect(read('m.log')).toBe('a\nb\n');
      expect(totals).toEqual({ 'm(1)': { written: 2, rateLimited: 0, failed: 0 } });
      expect(clock.pending).toEqual([]);
    });

    it('does not change the order when a monitor without a delay shares the file', async () => {
      const { register, write, read } = makeLogs();
      register('m(1)', { flushDelaySecs: 1 });
      register('m(2)');
      await write('m(1)', 'waits');
      await write('m(2)', 'does not');
      expect(read('m.log')).toBe('waits\ndoes not\n');
    });

    it('keeps a copy of the lines, because their buffer is used again', async () => {
      const { register, read, logs } = makeLogs();
      register('m(1)', { flushDelaySecs: 1 });
      const block = lineBlock('m(1)', ['a']);
      await logs.write([block]);
      block.text.fill('x');
      await logs.flush();
      expect(read('m.log')).toBe('a\n');
    });

    it('does not hold back more than 256 KiB', async () => {
      const { register, write, read } = makeLogs();
      register('m(1)', { flushDelaySecs: 3600 });
      await write('m(1)', 'x'.repeat(262_143));
      expect(read('m.log')).toHaveLength(262_144);
    });

    it('ends when the logs are flushed or closed', async () => {
      const { register, write, read, logs, clock } = makeLogs();
      register('m(1)', { flushDelaySecs: 3600 });
      await write('m(1)', 'a');
      await logs.flush();
      await write('m(1)', 'b');
      await logs.close();
      expect(read('m.log')).toBe('a\nb\n');
      expect(clock.pending).toEqual([]);
    });
  });

  it('is closed even when the disk complains about it, which is said', async () => {
    const { folder, register, write, logs, disk, logger } = makeLogs();
    register('m(1)');
    await write('m(1)', 'a');
    disk.closes = false;
    await logs.close();
    expect(logger.messages('warn')).toEqual([
      `Cannot close metric log "${folder}/m.log": its last lines may be missing`,
    ]);
  });

  describe('a file that cannot be written', () => {
    it('costs its lines, which are counted, and takes lines again by itself', async () => {
      const { register, write, read, disk, totals } = makeLogs();
      register('m(1)');
      disk.freeBytes = 4;
      await write('m(1)', 'one', 'two', 'three');
      disk.freeBytes = Infinity;
      await write('m(1)', 'four');
      expect(read('m.log')).toBe('one\nfour\n');
      expect(totals).toEqual({ 'm(1)': { written: 2, rateLimited: 0, failed: 2 } });
    });

    it('is said at once, then every ten minutes with a count, and when it is over', async () => {
      const { register, write, folder, disk, logger, clock } = makeLogs();
      register('m(1)');
      disk.freeBytes = 0;
      await write('m(1)', 'a', 'b');
      await write('m(1)', 'c');
      await clock.advance(600_000);
      await write('m(1)', 'd');
      disk.freeBytes = Infinity;
      await write('m(1)', 'e');
      const file = `${folder}/m.log`;
      expect(logger.messages('error')).toEqual([
        `Cannot write metric log "${file}": 2 lines are not in it; delivery to OTLP goes on, and every further line is tried`,
        `Cannot write metric log "${file}": 2 lines are not in it; delivery to OTLP goes on, and every further line is tried`,
      ]);
      expect(logger.records[0]?.context).toMatchObject({ error: { code: 'ENOSPC' } });
      expect(logger.messages('info')).toEqual([
        `Metric log "${file}" takes lines again; 4 lines are not in it`,
      ]);
    });

    it('does not hold up the others', async () => {
      const { register, write, read, logs } = makeLogs();
      register('bad(1)', { path: '/dev/full' });
      register('good(1)', { path: 'good.log' });
      await logs.write([lineBlock('bad(1)', ['a']), lineBlock('good(1)', ['b'])]);
      await write('good(1)', 'c');
      expect(read('good.log')).toBe('b\nc\n');
    });
  });

  it('accounts for every line, whatever the limits and however the disk fails', async () => {
    const steps = fc.array(
      fc.record({
        monitor: fc.constantFrom('m(1)', 'm(2)', 'm(3)'),
        lines: fc.array(fc.string({ maxLength: 30 }), { maxLength: 8 }),
        freeBytes: fc.constantFrom(0, 5, 40, Infinity),
        passMs: fc.constantFrom(0, 400, 5000),
      }),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const { register, write, disk, clock, logs, totals } = makeLogs();
        register('m(1)', { maxWriteBurst: 60, writeRate: 20 });
        register('m(2)', { flushDelaySecs: 1 });
        register('m(3)', { path: 'other.log', rotationMaxBytes: 50 });
        const emitted: Record<string, number> = {};
        for (const { monitor, lines, freeBytes, passMs } of all) {
          disk.freeBytes = freeBytes;
          await write(monitor, ...lines);
          emitted[monitor] = (emitted[monitor] ?? 0) + lines.length;
          await clock.advance(passMs);
        }
        await logs.close();
        for (const [monitor, count] of Object.entries(emitted)) {
          const { written, rateLimited, failed } = totals[monitor] ?? {
            written: 0,
            rateLimited: 0,
            failed: 0,
          };
          expect(written + rateLimited + failed).toBe(count);
        }
      }),
      { numRuns: 40 },
    );
  });
});
