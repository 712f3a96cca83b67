import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { CliProcess, runCli } from '../support/cli-process.ts';
import type { CliEnd } from '../support/cli-process.ts';
import { CollectorFolder } from '../support/collector-folder.ts';
import { valueInLog, valueInPoint, valueInRecord } from '../support/seen-value.ts';
import { splitRecords } from '../../../src/metric-line/split-records.ts';
import { receive } from '../support/test-receiver.ts';

const WITHIN = { timeout: 30_000 };
const FIXTURES = path.resolve(import.meta.dirname, '../../fixtures');

function runMonitor(args: readonly string[]): Promise<CliEnd> {
  return runCli(['run-monitor', ...args], { cwd: temporaryFolder() });
}

/** What a test can expect to the letter: times, and the values of random_coin, are not part of it. */
function withoutChance(stdout: string): string[] {
  const lines = stdout.trimEnd().split('\n');
  return lines.map((line) =>
    line.replace(/^[\d-]{10} [\d:.]{12}Z/, 'TIME').replace(/ -?[\d.e-]+ count=/, ' N count='),
  );
}

describe('scalyr-otel run-monitor', () => {
  it('prints the lines of a monitor as the run_monitor of the Scalyr agent does, and ends after its samples', async () => {
    const end = await runMonitor([
      '-c',
      '{ id: "foo", gauss_mean: "1" }',
      '-s',
      '0.1',
      '--samples',
      '2',
      'random_coin',
    ]);

    expect(end).toMatchObject({ code: 0, stderr: '' });
    expect(withoutChance(end.stdout)).toEqual([
      'TIME [random_coin(foo)] uniform N count=1',
      'TIME [random_coin(foo)] gauss N count=1',
      'TIME [random_coin(foo)] uniform N count=2',
      'TIME [random_coin(foo)] gauss N count=2',
      'TIME INFO [monitor:random_coin(foo)] Monitor has finished',
    ]);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends on %s with the words of the agent', async (signal) => {
    const monitor = new CliProcess(['run-monitor', '-s', '60', 'random_coin'], { cwd: temporaryFolder() });
    await expect.poll(() => monitor.stdout, WITHIN).toContain(' gauss ');
    const end = await monitor.stop(signal);

    expect(end).toMatchObject({ code: 0, stderr: '' });
    expect(withoutChance(end.stdout)).toEqual([
      'TIME [random_coin()] uniform N count=1',
      'TIME [random_coin()] gauss N count=1',
      'Signal received, stopping monitor...',
      'TIME INFO [monitor:random_coin()] Monitor has finished',
    ]);
  });

  it('lets sample_interval of the configuration win over -s, as the agent does', async () => {
    const startedMs = performance.now();
    const end = await runMonitor([
      '-c',
      '{ sample_interval: 0.1 }',
      '-s',
      '60',
      '--samples',
      '3',
      'random_coin',
    ]);

    expect(end.code).toBe(0);
    expect(performance.now() - startedMs).toBeLessThan(30_000);
  });

  it('finds a plugin below -p, by the last part of a dotted name', async () => {
    const end = await runMonitor([
      '-p',
      path.join(FIXTURES, 'plugins'),
      '--samples',
      '1',
      'some.package.counts',
    ]);

    expect(end.code).toBe(0);
    expect(withoutChance(end.stdout)[0]).toBe('TIME [counts()] count 1');
  });

  it('shows debug messages of the collector with -d', async () => {
    const end = await runMonitor(['-d', '5', '--samples', '1', '-s', '60', 'random_coin']);

    expect(end.code).toBe(0);
    expect(end.stdout).toMatch(/ DEBUG \[monitor:random_coin\(\)\] Monitor started: a sample every 60 s\n/);
  });

  it('finds what the agent.json of -a says: its module paths', async () => {
    const folder = new CollectorFolder({ monitors: [] });

    const end = await runCli(['run-monitor', '-a', 'agent.json', '--samples', '1', 'counts'], {
      cwd: folder.path,
    });

    expect(end.code).toBe(0);
    expect(withoutChance(end.stdout)[0]).toBe('TIME [counts()] count 1');
    expect(folder.list('.')).toEqual(['agent.json']);
  });

  it('ends by itself when its monitor switches itself off', async () => {
    const end = await runMonitor(['-p', path.join(FIXTURES, 'plugins'), 'disables-itself']);

    expect(end.code).toBe(0);
    expect(end.stdout).toContain(
      'Monitor is disabled: it switched itself off in initialize, so it does not run',
    );
  });
});

describe('scalyr-otel run-monitor --otlp', () => {
  it('delivers everything before it ends, values and texts', async () => {
    const backend = await receive();
    const end = await runMonitor([
      '-p',
      path.join(FIXTURES, 'e2e'),
      '-s',
      '0.1',
      '--samples',
      '3',
      '--otlp',
      backend.url,
      'every-kind',
    ]);

    const metricLog = end.stdout.replace(/^.* INFO \[monitor:every-kind\(\)\] Monitor has finished\n/m, '');
    const records = splitRecords(metricLog)
      .map((record) => record.trimEnd())
      .filter((record) => !record.includes(' kind.none null'));
    const received = [...backend.points.map(valueInPoint), ...backend.logs.map(valueInLog)];
    expect(end).toMatchObject({ code: 0, stderr: '' });
    expect(records.length).toBeGreaterThan(30);
    expect(received.toSorted()).toEqual(records.map(valueInRecord).toSorted());
  });

  it('waits for a backend that comes back in time', async () => {
    const backend = await receive();
    backend.misbehave({ kind: 'status', status: 503, retryAfter: 1, requests: 2 });
    const end = await runMonitor(['--samples', '1', '--otlp', backend.url, 'random_coin']);

    expect(end.code).toBe(0);
    expect(backend.points.map(({ name }) => name)).toEqual(['uniform', 'gauss']);
  });

  it('gives up in the end where nobody listens, says how much is missing, and exits with 1', async () => {
    const gone = await receive();
    await gone.close();
    const end = await runMonitor([
      '--samples',
      '1',
      '--otlp',
      gone.url,
      '--otlp-timeout',
      '1',
      'random_coin',
    ]);

    expect(end.code).toBe(1);
    expect(end.stderr).toBe(`2 values not delivered to ${gone.url}: connection refused (ECONNREFUSED)\n`);
  });

  it('says how many values the backend refuses, and exits with 1', async () => {
    const picky = await receive();
    picky.misbehave({ kind: 'reject', name: '^bad$', answer: 'bad-request' });
    const end = await runMonitor([
      '-p',
      path.join(FIXTURES, 'e2e'),
      '--samples',
      '1',
      '--otlp',
      picky.url,
      'good-and-bad',
    ]);

    expect(end.code).toBe(1);
    expect(end.stderr).toBe(`11 values not delivered to ${picky.url}: rejected 11\n`);
    expect(picky.totals.points).toBe(89);
  });
});

describe('scalyr-otel run-monitor refuses', () => {
  it.each([
    [[], /^error: missing required argument 'module'\n/],
    [['-d', '9', 'random_coin'], /argument '9' is invalid\. Must be a number between 0 and 5\.\n/],
    [['--samples', 'few', 'random_coin'], /argument 'few' is invalid\. Must be a number /],
    [['--unknown', 'random_coin'], /^error: unknown option '--unknown'\n/],
    [
      ['-c', '{ "a" 1 }', 'random_coin'],
      /^Failed to parse the monitor configuration:\n--monitor-config:1:7: wanted ":"/,
    ],
    [
      ['-c', '[]', 'random_coin'],
      /^Failed to parse the monitor configuration:\n--monitor-config:1:1: .*an object/,
    ],
    [
      ['-c', '{ gauss_mean: 50 }', 'random_coin'],
      /^Invalid monitor configuration: Value of 50\.0 in field "gauss_mean"/,
    ],
    [['-a', 'nothing.json', 'random_coin'], /^cannot read ".*\/nothing\.json": there is no such file\n/],
    [
      ['--otlp', 'localhost:4318', 'random_coin'],
      /^--otlp:1:1: endpoint: wanted a URL that starts with http/,
    ],
    [['no_such_module'], /^Invalid monitor configuration: Cannot find the monitor module "no_such_module"/],
  ])('%j, and exits with 2', async (args, message) => {
    const end = await runMonitor(args);

    expect(end.code).toBe(2);
    expect(end.stderr).toMatch(message);
    expect(end.stderr).not.toMatch(/^ +at /m);
  });

  it.each([
    ['no-class', 2, /^Invalid monitor configuration: Cannot find a monitor class in "no-class"/],
    ['bad-configuration', 2, /^Invalid monitor configuration: Cannot watch "nothing"/],
    ['throws-in-initialize', 1, /\/fixtures\/plugins\/throws-in-initialize\.ts:6:/],
    ['exits', 1, /^The monitor failed: Ended with exit code 3\n$/],
    ['throws-in-gather', 1, /^No sample succeeded: 1 sample failed, see above\n$/],
  ])('%s, and exits with %i', async (module, code, message) => {
    const end = await runMonitor(['-p', path.join(FIXTURES, 'plugins'), '--samples', '1', module]);

    expect(end.code).toBe(code);
    expect(end.stderr).toMatch(message);
  });
});
