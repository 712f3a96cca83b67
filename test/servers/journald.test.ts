import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { JournaldMonitor } from '../../plugins/journald_monitor/journald_monitor.ts';
import type { ConfigObject } from '../../src/config/config-value.ts';
import { RecordingContext } from '../unit/monitor/recording-context.ts';
import { programPath } from './support/find-program.ts';

const unavailable = inject('serversUnavailable');

const BOOT = '0123456789abcdef0123456789abcdef';
const NEXT_BOOT = '1123456789abcdef0123456789abcdef';

describe.skipIf(unavailable)(`The journal of systemd${unavailable ? ` (${unavailable})` : ''}`, () => {
  let folder: string;
  let stops: (() => Promise<void>)[];

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'scalyr-otel-journal-'));
    stops = [];
  });

  afterEach(async () => {
    for (const stop of stops) await stop();
    rmSync(folder, { recursive: true });
  });

  /** Lets systemd write an entry of the present into a journal. */
  function write(fields: Readonly<Record<string, string | Buffer>>, boot = BOOT): void {
    const microseconds = Date.now() * 1000;
    const head = {
      __REALTIME_TIMESTAMP: `${microseconds}`,
      __MONOTONIC_TIMESTAMP: '1000000',
      _BOOT_ID: boot,
    };
    const entry = Object.entries({ ...head, ...fields }).map(([name, value]) =>
      exported(name, Buffer.from(value)),
    );
    const file = path.join(folder, 'entry.export');
    writeFileSync(file, Buffer.concat([...entry, Buffer.from('\n')]));
    const journal = path.join(folder, `${boot}.journal`);
    execFileSync(programPath('systemd-journal-remote'), [`--output=${journal}`, file], { stdio: 'ignore' });
  }

  /** A monitor that follows the journal. */
  function follow(config: ConfigObject = {}) {
    const context = new RecordingContext({
      module: 'journald_monitor',
      config: { journal_path: folder, journal_fields: { _PID: 'pid' }, ...config },
    });
    const monitor = new JournaldMonitor(context);
    monitor.journalctl = [programPath('journalctl')];
    monitor.initialize();
    const running = monitor.run();
    const stop = async (): Promise<void> => {
      context.stopping.abort();
      await running;
    };
    stops.push(stop);
    const texts = (): string[] => context.lines.map((line) => line.slice(line.indexOf(')] ') + 3).trimEnd());
    return { context, stop, texts };
  }

  it('is followed: text, bytes, escape sequences and long messages arrive, with the fields that are wanted', async () => {
    const { context, texts } = follow();
    write({ MESSAGE: 'hello é', _PID: '12', _UID: '0' });
    write({ MESSAGE: Buffer.from([0xff, 0x61, 0x00]) });
    write({ MESSAGE: 'two\nlines' });
    write({ MESSAGE: '\u001b[31mred' });
    write({ MESSAGE: 'x'.repeat(10_000) });
    write({ _PID: '13' });
    await context.until(({ lines }) => lines.length === 6);
    expect(texts()).toEqual([
      'details "hello é" pid="12"',
      'details "\uFFFDa\\u0000"',
      'details "two\\nlines"',
      'details "\\u001b[31mred"',
      `details "${'x'.repeat(10_000)}"`,
      'details "" pid="13"',
    ]);
    expect(context.diagnostics).toEqual([]);
  });

  it('has, without journal_fields, those that Scalyr documents', async () => {
    const { context, texts } = follow({ journal_fields: null });
    write({
      MESSAGE: 'up',
      _SYSTEMD_UNIT: 'ssh.service',
      _PID: '12',
      _UID: '0',
      _MACHINE_ID: '0123456789abcdef0123456789abcdee',
      _SOURCE_REALTIME_TIMESTAMP: '1700000000123357',
    });
    await context.until(({ lines }) => lines.length === 1);
    expect(texts()).toEqual([
      `details "up" boot_id="${BOOT}" machine_id="0123456789abcdef0123456789abcdee" pid="12" ` +
        'timestamp="1700000000123357" unit="ssh.service"',
    ]);
  });

  it('goes on where it was, also across a reboot', async () => {
    const cursorFile = path.join(folder, 'cursor');
    write({ MESSAGE: 'before the start' });
    const first = follow({ cursor_file: cursorFile });
    write({ MESSAGE: 'one' });
    await first.context.until(({ lines }) => lines.length > 0);
    await first.stop();
    expect(readFileSync(cursorFile, 'utf8')).toContain(`b=${BOOT}`);
    write({ MESSAGE: 'two' });
    write({ MESSAGE: 'three' }, NEXT_BOOT);
    const second = follow({ cursor_file: cursorFile });
    await second.context.until(({ lines }) => lines.length === 2);
    write({ MESSAGE: 'four' }, NEXT_BOOT);
    await second.context.until(({ lines }) => lines.length === 3);
    expect(second.texts()).toEqual(['details "two"', 'details "three"', 'details "four"']);
  });

  it('shows what matches', async () => {
    write({ MESSAGE: 'first' });
    const { context, texts } = follow({ journal_matches: ['_COMM=a', '_COMM=b', '+', 'PRIORITY=0'] });
    write({ MESSAGE: 'from a', _COMM: 'a' });
    write({ MESSAGE: 'from c', _COMM: 'c' });
    write({ MESSAGE: 'urgent', PRIORITY: '0' });
    write({ MESSAGE: 'from b', _COMM: 'b' });
    await context.until(({ lines }) => lines.length === 3);
    expect(texts()).toEqual(['details "from a"', 'details "urgent"', 'details "from b"']);
  });

  it('that cannot be found is reported with what to correct', async () => {
    const { context } = follow({ journal_path: path.join(folder, 'no-such-folder') });
    await context.until(({ diagnostics }) => diagnostics.length > 0);
    expect(context.diagnostics[0]?.message).toMatch(
      /^Cannot follow the journal: journalctl ended with exit code 1: .*No such file or directory; correct journal_path$/,
    );
  });

  it('is followed from the time in cursor_file when journalctl does not understand the cursor', async () => {
    write({ MESSAGE: 'here' });
    const file = path.join(folder, 'cursor');
    writeFileSync(file, `${new Date(Date.now() - 60_000).toISOString()} nonsense\n`);
    const { context, texts } = follow({ cursor_file: file });
    await context.until(({ lines }) => lines.length === 1);
    expect(texts()).toEqual(['details "here"']);
    expect(context.diagnostics.map(({ message }) => message)).toEqual([
      expect.stringContaining('Failed to seek to cursor'),
    ]);
  });
});

/** A field in the export format of journals: texts as a line, other bytes with their length in front of them. */
function exported(name: string, value: Buffer): Buffer {
  if (!/\p{Cc}/u.test(value.toString()) && Buffer.from(value.toString()).equals(value)) {
    return Buffer.from(`${name}=${value.toString()}\n`);
  }
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(value.length));
  return Buffer.concat([Buffer.from(`${name}\n`), length, value, Buffer.from('\n')]);
}
