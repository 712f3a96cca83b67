import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ConfigObject } from 'scalyr-otel-bridge';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { RecordingContext } from '../../test/unit/monitor/recording-context.ts';
import { JournaldMonitor } from './journald_monitor.ts';

const NOW_MS = Date.parse('2026-11-22T12:00:00Z');

function makeMonitor(config: ConfigObject = {}) {
  const context = new RecordingContext({ module: 'journald_monitor', config });
  const monitor = new JournaldMonitor(context);
  monitor.now = () => NOW_MS;
  monitor.initialize();
  return { monitor, context };
}

/** A monitor that runs, with a shell script in the place of journalctl; `$0` is a folder of its own. */
function runMonitor(script: string, config: ConfigObject = {}) {
  const { monitor, context } = makeMonitor(config);
  const folder = temporaryFolder();
  monitor.journalctl = ['/bin/sh', '-c', `echo "$*" >>"$0/calls"; ${script}`, folder];
  monitor.sleep = async (secs) => {
    // the pauses between two starts are left out
    if (secs > 1) await new Promise((resolve) => context.signal.addEventListener('abort', resolve));
    else await new Promise((resolve) => setImmediate(resolve));
    return context.signal.aborted;
  };
  const running = monitor.run();
  const stop = async (): Promise<void> => {
    context.stopping.abort();
    await running;
  };
  onTestFinished(stop);
  return { context, folder, stop, calls: () => readFileSync(path.join(folder, 'calls'), 'utf8').split('\n') };
}

/** A command that writes an entry. */
function entry(number: number, message: string): string {
  const fields = {
    MESSAGE: message,
    __CURSOR: `s=1;i=${number}`,
    __REALTIME_TIMESTAMP: `${NOW_MS + number}000`,
  };
  return `printf '%s\\n' '${JSON.stringify(fields)}'`;
}

const WAIT = 'exec sleep 3600';

function messagesOf({ diagnostics }: RecordingContext): string[] {
  return diagnostics.map(({ level, message }) => `${level}: ${message}`);
}

describe('journald_monitor', () => {
  it('asks for what comes after the start, with the fields and matches of its entry', async () => {
    const { context, calls } = runMonitor(`${entry(1, 'hello')}; ${WAIT}`, {
      journal_path: '/journals',
      journal_matches: ['_SYSTEMD_UNIT=ssh.service', '+', 'PRIORITY=0'],
      journal_fields: { _PID: 'pid', _COMM: 'app' },
    });
    await context.until(({ lines }) => lines.length === 1);
    expect(calls()[0]).toBe(
      '--follow --no-tail --merge --all --output=json --output-fields=MESSAGE,_PID,_COMM --directory=/journals ' +
        '--since=@1795348800.000 -- _SYSTEMD_UNIT=ssh.service + PRIORITY=0',
    );
  });

  it('writes an entry at its own time', async () => {
    const { context } = runMonitor(`${entry(5, 'hello')}; ${WAIT}`);
    await context.until(({ lines }) => lines.length === 1);
    expect(context.lines).toEqual(['2026-11-22 12:00:00.005Z [journald_monitor()] details "hello"\n']);
    expect(context.signals).toEqual(['logs']);
  });

  it('has no limit of its rate, unless the entry gives one', () => {
    expect(makeMonitor().monitor.describe().metricLog).toMatchObject({ writeRate: -1, maxWriteBurst: -1 });
    const given = { monitor_log_write_rate: 9, max_log_size: 1000, max_log_rotations: 3 };
    expect(makeMonitor(given).monitor.describe().metricLog).toMatchObject({
      writeRate: 9,
      rotationMaxBytes: 1000,
      rotationBackupCount: 3,
    });
  });

  it('has as many old metric logs kept as can be when max_log_rotations is 0', () => {
    const { monitor } = makeMonitor({ max_log_rotations: 0 });
    expect(monitor.describe().metricLog).toMatchObject({ rotationBackupCount: 1000 });
  });

  it.each([
    [{ journal_matches: ['--vacuum-size=1'] }, 'Cannot use "--vacuum-size=1" for field "journal_matches"'],
    [{ journal_matches: ['/bin/sh'] }, 'wanted FIELD=value, as "_SYSTEMD_UNIT=ssh.service", or "+"'],
    [{ journal_fields: { _PID: 5 } }, 'Cannot use "_PID: 5" in field "journal_fields"'],
    [{ journal_fields: { 'a,b': 'c' } }, 'Cannot use "a,b: c" in field "journal_fields"'],
    [
      { journal_fields: Object.fromEntries(Array.from({ length: 33 }, (_, n) => [`F${n}`, `f${n}`])) },
      'Cannot use 33 fields in field "journal_fields": at most 32',
    ],
    [
      { cursor_file: 'journal.cursor' },
      'Cannot use "journal.cursor" for field "cursor_file": wanted a whole path',
    ],
  ])('refuses %j', (config, message) => {
    expect(() => makeMonitor(config)).toThrow(message);
  });

  it('starts a journalctl that ended again, behind the last entry, and says it once in a while', async () => {
    const [a, b, c] = [entry(1, 'a'), entry(2, 'b'), entry(3, 'c')];
    const script = `case "$*" in *i=2*) ${c}; ${WAIT};; *i=1*) ${b};; *) ${a};; esac; exit 3`;
    const { context, calls } = runMonitor(script);
    await context.until(({ lines }) => lines.length === 3);
    expect(calls().map((call) => /--(since|after-cursor)=\S+/.exec(call)?.[0])).toEqual([
      '--since=@1795348800.000',
      '--after-cursor=s=1;i=1',
      '--after-cursor=s=1;i=2',
      undefined,
    ]);
    expect(messagesOf(context)).toEqual([
      'error: Cannot follow the journal: journalctl ended with exit code 3',
    ]);
  });

  it('says when there is no journalctl', async () => {
    const { monitor, context } = makeMonitor();
    monitor.journalctl = [path.join(temporaryFolder(), 'journalctl')];
    const running = monitor.run();
    await context.until(({ diagnostics }) => diagnostics.length > 0);
    context.stopping.abort();
    await running;
    expect(messagesOf(context)).toEqual([
      'error: Cannot follow the journal: there is no journalctl in the PATH of the collector: install systemd',
    ]);
  });

  it('says when it may read only a part of the journal, and goes on', async () => {
    const hint = 'Hint: You are currently not seeing messages from other users and the system.';
    const { context } = runMonitor(`echo '${hint}' >&2; ${entry(1, 'mine')}; ${WAIT}`);
    await context.until(({ lines, diagnostics }) => lines.length + diagnostics.length === 2);
    expect(messagesOf(context)).toEqual([
      "error: Cannot read the whole journal, only the entries of the collector's own user: let the user of the collector " +
        'read it (usermod -a -G systemd-journal USER), and start the collector again',
    ]);
  });

  it('cuts off what is too long for a line, and says so', async () => {
    const [head, tail] = entry(1, 'LONG').replace("'%s\\n' ", '').split('LONG');
    const long = `${head}'; head -c 70000 /dev/zero | tr '\\0' a; printf '${tail}; echo`;
    const { context, stop } = runMonitor(`${long}; ${WAIT}`);
    await context.until(({ lines }) => lines.length === 1);
    await stop();
    expect(context.lines[0]).toContain(`${'a'.repeat(100)}..."`);
    expect(context.lines[0]?.length).toBeLessThan(65_700);
    expect(messagesOf(context)).toEqual([
      'warn: Cut off what was too long in 1 entry of the journal; the journal has all of it',
    ]);
  });

  it('ends journalctl and all that it started when it is stopped', async () => {
    const { context, stop } = runMonitor(`trap '' TERM; sleep 3600 & ${entry(1, 'up')}; wait`);
    await context.until(({ lines }) => lines.length === 1);
    // returns when nothing is left that could write
    await stop();
    expect(messagesOf(context)).toEqual([]);
  });
});

describe('cursor_file', () => {
  function cursorFile(content?: string): string {
    const file = path.join(temporaryFolder(), 'cursor');
    if (content !== undefined) writeFileSync(file, content);
    return file;
  }

  it('remembers the last entry', async () => {
    const file = cursorFile();
    const { context, stop } = runMonitor(`${entry(1, 'a')}; ${entry(2, 'b')}; ${WAIT}`, {
      cursor_file: file,
    });
    await context.until(({ lines }) => lines.length === 2);
    await stop();
    expect(readFileSync(file, 'utf8')).toBe('2026-11-22T12:00:00.002Z s=1;i=2\n');
  });

  it('lets the next run go on behind it', async () => {
    const file = cursorFile('2026-11-22T11:50:00.000Z s=1;i=7\n');
    const { context, calls } = runMonitor(`${entry(8, 'next')}; ${WAIT}`, { cursor_file: file });
    await context.until(({ lines }) => lines.length === 1);
    expect(calls()[0]).toContain(' --after-cursor=s=1;i=7 ');
    expect(messagesOf(context)).toEqual([]);
  });

  it('is passed over, as far as staleness_threshold_secs says, after a long stop', async () => {
    const file = cursorFile('2026-11-22T11:00:00.000Z s=1;i=7\n');
    const { context, calls } = runMonitor(`${entry(8, 'next')}; ${WAIT}`, { cursor_file: file });
    await context.until(({ lines }) => lines.length === 1);
    expect(calls()[0]).toContain(` --since=@${NOW_MS / 1000 - 600}.000 `);
    expect(messagesOf(context)).toEqual([
      'warn: Follows the journal from 2026-11-22T11:50:00.000Z on, although the last entry that was read is from ' +
        '2026-11-22T11:00:00.000Z: raise staleness_threshold_secs to have everything after a long stop',
    ]);
  });

  it('gives the time to go on from when journalctl does not understand the cursor', async () => {
    const file = cursorFile('2026-11-22T11:59:00.000Z s=odd\n');
    const script = `case "$*" in *s=odd*) echo 'Failed to seek to cursor: Invalid argument' >&2; exit 1;; esac; `;
    const { monitor, context } = makeMonitor({ cursor_file: file });
    const folder = temporaryFolder();
    monitor.sleep = async () =>
      context.signal.aborted || new Promise((resolve) => setImmediate(() => resolve(false)));
    monitor.journalctl = [
      '/bin/sh',
      '-c',
      `echo "$*" >>"$0/calls"; ${script}${entry(1, 'a')}; ${WAIT}`,
      folder,
    ];
    const running = monitor.run();
    await context.until(({ lines }) => lines.length === 1);
    context.stopping.abort();
    await running;
    expect(readFileSync(path.join(folder, 'calls'), 'utf8')).toContain(
      ` --since=@${NOW_MS / 1000 - 60}.000 `,
    );
    expect(messagesOf(context)).toEqual([
      'error: Cannot follow the journal: journalctl ended with exit code 1: Failed to seek to cursor: Invalid argument',
    ]);
  });

  it.each([
    ['rubbish', 'wanted the time and the cursor of an entry'],
    ['', 'wanted the time and the cursor of an entry'],
    ['2026-11-22T11:59:00.000Z two words here\u0007', 'wanted the time and the cursor of an entry'],
  ])('with %j in it is reported, and the monitor begins with what comes now', async (content, reason) => {
    const { context, calls } = runMonitor(`${entry(1, 'a')}; ${WAIT}`, { cursor_file: cursorFile(content) });
    await context.until(({ lines }) => lines.length === 1);
    expect(calls()[0]).toContain(' --since=@1795348800.000 ');
    expect(messagesOf(context)).toEqual([expect.stringContaining(reason)]);
  });

  it('that cannot be written is reported once in a while', async () => {
    const file = path.join(temporaryFolder(), 'no-such-folder', 'cursor');
    const { context, stop } = runMonitor(`${entry(1, 'a')}; ${entry(2, 'b')}; ${WAIT}`, {
      cursor_file: file,
    });
    await context.until(({ lines }) => lines.length === 2);
    await stop();
    expect(messagesOf(context)).toEqual([
      expect.stringMatching(
        /^error: Cannot write cursor_file ".*": ENOENT.*; let the user of the collector write to its folder/,
      ),
    ]);
  });
});
