import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ConfigObject } from 'scalyr-otel-bridge';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { RecordingContext } from '../../test/unit/monitor/recording-context.ts';
import { runCommand } from './run-command.ts';
import { ShellMonitor } from './shell_monitor.ts';

function makeMonitor(config: ConfigObject) {
  const context = new RecordingContext({ module: 'shell_monitor', id: 'x', config });
  const monitor = new ShellMonitor(context);
  monitor.initialize();
  return { monitor, context };
}

const never = new AbortController().signal;

describe('shell_monitor', () => {
  it.each([
    [{}, 'Missing required field "command"'],
    [{ command: 'true', extract: 'a' }, 'Cannot use "a" for field "extract": wanted a group'],
    [
      { command: 'true', max_characters: 10_001 },
      'Value of 10001 in field "max_characters" is invalid; maximum is 10000',
    ],
    [{ command: 'true', timeout: 0 }, 'Value of 0.0 in field "timeout" is invalid; minimum is 0.001'],
  ])('refuses %j', (config, message) => {
    expect(() => makeMonitor(config)).toThrow(message);
  });

  it('records what a command wrote before it was ended for being slow, and says so once an hour', async () => {
    const { monitor, context } = makeMonitor({ command: 'echo started; sleep 60', timeout: 1 });
    monitor.now = () => 0;
    await monitor.gatherSample();
    await monitor.gatherSample();
    expect(context.lines).toEqual(
      Array(2).fill(
        expect.stringContaining(
          '[shell_monitor(x)] output "started" command="echo started; sleep 60" duration=0 exit_code=-15 length=8\n',
        ),
      ),
    );
    expect(context.diagnostics.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      'warn: Ended the command of "shell_monitor(x)", which took longer than 1 s: give it a longer "timeout", or make it quicker',
    ]);
  });

  it('ends the command and emits nothing when the monitor is stopped', async () => {
    const { monitor, context } = makeMonitor({ command: 'echo started; sleep 60' });
    const sample = monitor.gatherSample();
    context.stopping.abort();
    await sample;
    expect(context.lines).toEqual([]);
  });

  it('measures whole seconds', async () => {
    const { monitor, context } = makeMonitor({ command: 'true' });
    const times = [1000, 3999];
    monitor.now = () => times.shift() ?? 0;
    await monitor.gatherSample();
    expect(context.lines[0]).toContain(' duration=2 ');
  });
});

describe('a command', () => {
  it('takes what it started with it when it is ended', async () => {
    const started = path.join(temporaryFolder(), 'still-there');
    const result = await runCommand(`(sleep 60; touch ${started}) & (sleep 60 & wait); echo late`, {
      timeoutSecs: 0.2,
      signal: never,
    });
    expect(result).toEqual({ output: '', exitCode: -15, timedOut: true });
    expect(existsSync(started)).toBe(false);
  });

  it('that ignores SIGTERM is killed', async () => {
    const result = await runCommand("trap '' TERM; echo deaf; while :; do sleep 60; done", {
      timeoutSecs: 1,
      signal: never,
    });
    expect(result).toEqual({ output: 'deaf\n', exitCode: -9, timedOut: true });
  });

  it('has no input', async () => {
    const result = await runCommand('cat; echo over', { timeoutSecs: 30, signal: never });
    expect(result.output).toBe('over\n');
  });

  it('may write without end: a mebibyte is kept', async () => {
    const result = await runCommand('yes | head -c 3000000; echo >&2 done', {
      timeoutSecs: 30,
      signal: never,
    });
    expect(result.output).toHaveLength('done\n\n'.length + 1_048_576);
    expect(result.exitCode).toBe(0);
  });

  it('may write half a character at a time', async () => {
    const result = await runCommand("printf '\\303'; sleep 0.05; printf '\\251'", {
      timeoutSecs: 30,
      signal: never,
    });
    expect(result.output).toBe('é');
  });
});
