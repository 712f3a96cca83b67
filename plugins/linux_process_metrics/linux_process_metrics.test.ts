import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ConfigObject } from 'scalyr-otel-bridge';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { RecordingContext } from '../../test/unit/monitor/recording-context.ts';
import { GrowingTotals } from './growing-totals.ts';
import { LinuxProcessMetrics } from './linux_process_metrics.ts';
import { parseStat } from './parse-process.ts';
import { ProcessFiles } from './process-files.ts';

function makeMonitor(config: ConfigObject) {
  const context = new RecordingContext({ module: 'linux_process_metrics', config });
  return { monitor: new LinuxProcessMetrics(context), context };
}

describe('linux_process_metrics', () => {
  it.each([
    [{ commandline: 'x' }, 'Missing required field "id"'],
    [
      { id: 'a' },
      'Cannot tell which process "linux_process_metrics()" shall measure: give "commandline", "pid" or both',
    ],
    [{ id: 'a', pid: 'many' }, 'Cannot use "many" for field "pid": wanted a number, or "$$"'],
    [{ id: 'a', pid: 0 }, 'Cannot use "0" for field "pid": wanted a number, or "$$"'],
    [{ id: 'a', commandline: '*' }, 'Cannot use "*" for field "commandline" as a regular expression'],
  ])('refuses %j', (config, message) => {
    expect(() => makeMonitor(config).monitor.initialize()).toThrow(message);
  });

  it('says once an hour that there is no such process, and emits nothing', () => {
    const { monitor, context } = makeMonitor({ id: 'a', pid: 77 });
    monitor.root = temporaryFolder();
    monitor.initialize();
    monitor.gatherSample();
    monitor.gatherSample();
    context.timeMs += 3_600_000;
    monitor.gatherSample();
    expect(context.lines).toEqual([]);
    expect(context.diagnostics.map(({ message }) => message)).toEqual([
      'Cannot measure "a": found no process with the pid 77',
      'Cannot measure "a": found no process with the pid 77',
    ]);
  });

  it('counts for two instances apart', () => {
    const root = temporaryFolder();
    writeProcess(root, { user: 5 });
    const before = makeMonitor({ id: 'before', pid: 1 });
    const after = makeMonitor({ id: 'after', pid: 1 });
    for (const { monitor } of [before, after]) {
      monitor.root = root;
      monitor.initialize();
    }
    before.monitor.gatherSample();
    writeProcess(root, { user: 8 });
    before.monitor.gatherSample();
    after.monitor.gatherSample();
    expect(before.context.lines.filter((line) => line.includes('user')).at(-1)).toContain('app.cpu 3 ');
    expect(after.context.lines.filter((line) => line.includes('user')).at(-1)).toContain('app.cpu 0 ');
  });
});

describe('a process', () => {
  it('that ends while it is read is not there', () => {
    expect(new ProcessFiles(temporaryFolder(), () => {}).read(1)).toBeUndefined();
  });

  it.each(['', '1 (half', '1 (a) S 1 2 3', '1 (a) S x 1 1 0 -1 0 0 0 y 0 z 1 1 1 1 0 20 0 1 0 5'])(
    'cannot be read from %j',
    (text) => {
      expect(parseStat(text)).toBeUndefined();
    },
  );

  it('may have any name', () => {
    expect(parseStat('7 (a) R 9 (b\n) S 4 1 1 0 -1 0 0 0 11 0 14 15 0 0 20 -5 3 0 22 1 2')).toMatchObject({
      parent: 4,
      majorFaults: 11,
      user: 14,
      system: 15,
      nice: -5,
      threads: 3,
      startedAt: 22,
      waitedForIo: 0,
    });
  });
});

describe('totals', () => {
  it('begin at 0 and never fall, whichever processes come and go', () => {
    const processes = fc.array(
      fc.record({ pid: fc.nat(2), startedAt: fc.nat(9), counters: fc.record({ user: fc.nat(50) }) }),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(fc.array(processes, { minLength: 1 }), (samples) => {
        const totals = new GrowingTotals();
        const seen = samples.map((sample, now) => totals.add(sample, now).get('user') ?? 0);
        expect(seen).toEqual([...seen].sort((a, b) => a - b));
        expect(seen[0]).toBe(0);
      }),
    );
  });
});

function writeProcess(root: string, { user }: { readonly user: number }): void {
  mkdirSync(path.join(root, 'proc/1'), { recursive: true });
  writeFileSync(path.join(root, 'proc/uptime'), '100.00 1.00\n');
  writeFileSync(
    path.join(root, 'proc/1/stat'),
    `1 (a) S 0 1 1 0 -1 0 0 0 0 0 ${user} 0 0 0 20 0 1 0 22 1 2\n`,
  );
}
