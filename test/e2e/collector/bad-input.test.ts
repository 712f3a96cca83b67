import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { runCli } from '../support/cli-process.ts';
import { CollectorFolder } from '../support/collector-folder.ts';

const WITHIN = { timeout: 30_000 };

const NOTHING_STARTED = /Cannot use the configuration: correct the .*problems? above; nothing was started\n$/;

/** A file with one mistake, and what is said about it. */
const BAD_FILES = [
  {
    mistake: 'is no JSON',
    text: '{\n  monitors: [\n    { "module" "random_coin" }\n  ]\n}',
    message: 'agent.json:3:16: wanted ":" after the name "module", found',
  },
  {
    mistake: 'has an unknown key under otel',
    text: '{\n  otel: {\n    backend: []\n  }\n}',
    message: 'agent.json:3:5: otel: "backend" is not an option here: did you mean "backends"?',
  },
  {
    mistake: 'has a bad URL',
    text: '{\n  otel: { backends: [\n    { endpoint: "localhost:4318" }\n  ] }\n}',
    message:
      'agent.json:3:17: otel.backends[0].endpoint: wanted a URL that starts with http:// or https://, found "localhost:4318"',
  },
  {
    mistake: 'leaves a module out',
    text: '{ monitors: [\n  { id: "a" }\n] }',
    message: 'agent.json:2:3: monitors[0]: "module" is missing: wanted the name of a module',
  },
  {
    mistake: 'has a number out of range',
    text: '{ monitors: [\n  { module: "random_coin",\n    sample_interval: -1 }\n] }',
    message: 'agent.json:3:22: monitors[0].sample_interval: ',
  },
  {
    mistake: 'is not UTF-8',
    text: Buffer.from('{\n  // caf\xe9\n}', 'latin1'),
    message: 'agent.json:2:9: cannot read ',
  },
];

describe.each(['check', 'run'])('scalyr-otel %s', (command) => {
  it.each(BAD_FILES)(
    'refuses a file that $mistake, with file, line and column',
    async ({ text, message }) => {
      const folder = new CollectorFolder({ monitors: [] });
      folder.write('agent.json', text);

      const end = await runCli([command], { cwd: folder.path });

      expect(end.code).toBe(2);
      expect(end.stderr).toContain(message);
      expect(end.stderr).toMatch(NOTHING_STARTED);
      expect(end.stderr).not.toMatch(/^ +at /m);
      expect(folder.list('.')).toEqual(['agent.json']);
    },
  );

  it('says every problem at once', async () => {
    const folder = new CollectorFolder({ monitors: [] });
    folder.write(
      'agent.json',
      '{ monitors: [{ module: "a", sample_interval: 0 }],\n  otel: { backend: [], spool: { max_bytes: "many" } } }',
    );

    const end = await runCli([command], { cwd: folder.path });

    expect(end.code).toBe(2);
    expect(end.stderr).toMatch(/^agent.json:1:\d+: monitors\[0\]\.sample_interval: /m);
    expect(end.stderr).toMatch(/^agent.json:2:\d+: otel: "backend" is not /m);
    expect(end.stderr).toMatch(/^agent.json:2:\d+: otel\.spool\.max_bytes: /m);
    expect(end.stderr).toContain('correct the 3 problems above');
  });

  it('names a file that is not there', async () => {
    const folder = temporaryFolder();

    const end = await runCli([command, '--config', 'other.json'], { cwd: folder });

    expect(end.code).toBe(2);
    expect(end.stderr).toBe(
      `cannot read "${folder}/other.json": there is no such file\n` +
        'Cannot use the configuration: correct the problem above; nothing was started\n',
    );
  });
});

/** Monitors that cannot run, and what is said about them. */
const BAD_MONITORS = [
  { module: 'no_such_module', message: 'Cannot find the monitor module "no_such_module": looked for ' },
  {
    module: 'no-class',
    message: 'Cannot find a monitor class in "no-class": found the exports answer, wanted ',
  },
  {
    module: 'two-classes',
    message: 'Cannot choose a monitor class in "two-classes": found First, Second, wanted one',
  },
  { module: 'syntax-error', message: '/syntax-error.ts:7:11: The symbol "count" has already been declared' },
  { module: 'bad-configuration', message: 'Cannot watch "nothing": wanted the name of a device' },
  { module: 'throws-in-initialize', message: 'the device is not there' },
];

describe('scalyr-otel check', () => {
  it.each(BAD_MONITORS)(
    'names file and line of a monitor that cannot run: $module',
    async ({ module, message }) => {
      const folder = new CollectorFolder({ monitors: [{ module: 'counts' }, { module }] });

      const end = await runCli(['check'], { cwd: folder.path });

      expect(end.code).toBe(2);
      expect(end.stderr).toMatch(/^agent\.json:10:5: monitor /);
      expect(end.stderr).toContain(message);
      expect(end.stderr).not.toMatch(/^ +at /m);
      expect(end.stdout).toContain('  counts(): every 30 s, in a thread, metric log ');
      expect(end.stdout).toContain(`  ${module}(): has a problem`);
      expect(folder.list('.')).toEqual(['agent.json']);
    },
  );

  it.each([
    [{ gauss_mean: 50 }, 'Value of 50.0 in field "gauss_mean" is invalid; maximum is 10'],
    [{ gauss_mean: 'high' }, 'Could not parse value high for field "gauss_mean" as numeric type float'],
  ])('names an option that the monitor refuses: %j', async (options, message) => {
    const folder = new CollectorFolder({ monitors: [{ module: 'random_coin', ...options }] });

    const end = await runCli(['check'], { cwd: folder.path });

    expect(end.code).toBe(2);
    expect(end.stderr).toContain(`agent.json:7:5: monitor random_coin(): ${message}\n`);
  });

  it('shows what would run, and sends and writes nothing', async () => {
    const folder = new CollectorFolder({
      monitors: [
        { module: 'random_coin', id: 'fair', sample_interval: 5 },
        { module: 'own-run', isolation: 'process' },
        { module: 'disables-itself' },
      ],
      otel: { backends: [{ name: 'local', endpoint: 'http://127.0.0.1:9' }] },
    });

    const end = await runCli(['check'], { cwd: folder.path });

    expect(end).toMatchObject({ code: 0, stderr: '' });
    expect(end.stdout).toContain(
      `random_coin(fair): every 5 s, in a thread, metric log ${folder.path}/log/random_coin.log`,
    );
    expect(end.stdout).toContain('own-run(): drives itself, in a process, metric log ');
    expect(end.stdout).toContain('disables-itself(): does not run, it disabled itself in initialize');
    expect(end.stdout).toContain(
      'local: http://127.0.0.1:9, metrics and logs, http/protobuf, compression gzip',
    );
    expect(folder.list('.')).toEqual(['agent.json']);
  });
});

describe('scalyr-otel run', () => {
  it('runs the other monitors beside those that cannot run, and says where to correct each', async () => {
    const folder = new CollectorFolder({
      monitors: [
        { module: 'counts', sample_interval: 0.1 },
        ...BAD_MONITORS.map(({ module }) => ({ module })),
      ],
    });
    const collector = folder.start();
    await expect.poll(() => folder.log('counts.log').length, WITHIN).toBeGreaterThan(2);
    await expect.poll(() => collector.stderr, WITHIN).toContain('the device is not there');
    const end = await collector.stop();

    const [counting, ...bad] = folder.status.monitors;
    expect(end.code).toBe(0);
    expect(counting).toMatchObject({ name: 'counts()', failures: 0 });
    expect(bad.map(({ lastError }) => lastError?.message)).toEqual(
      BAD_MONITORS.map(({ message }) => expect.stringContaining(message)),
    );
    expect(end.stderr).toContain(
      `[monitor:no-class()] Monitor is parked until its configuration in "${folder.path}/agent.json", line 14, is corrected: `,
    );
  });

  it('says which folder it cannot use, and exits with 1', async () => {
    const folder = new CollectorFolder({ monitors: [], agent_data_path: 'occupied' });
    folder.write('occupied', 'a file where a folder should be');

    const end = await folder.start().ended;

    expect(end.code).toBe(1);
    expect(end.stderr).toContain(`${folder.path}/occupied`);
    expect(end.stderr).not.toMatch(/^ +at /m);
  });

  it('ends when a monitor with stop_agent_on_failure dies, and exits with 1', async () => {
    const folder = new CollectorFolder({
      monitors: [
        { module: 'exits', stop_agent_on_failure: true },
        { module: 'counts', sample_interval: 0.1 },
      ],
    });

    const end = await folder.start().ended;

    expect(end.code).toBe(1);
    expect(end.stderr).toContain(
      '[monitor:exits()] Stopping, because a monitor with stop_agent_on_failure died',
    );
    expect(folder.status.ledger.balanced).toBe(true);
  });
});
