import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MetricMetadata } from '../../../src/otlp/delivery-contract.ts';
import { StoredDefinitions } from '../../../src/otlp/stored-definitions.ts';
import { RecordingLogger } from '../../support/recording-logger.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const LATENCY: MetricMetadata = {
  name: 'latency',
  description: 'How long it takes.',
  unit: 'sec',
  cumulative: false,
};
const REQUESTS: MetricMetadata = { name: 'requests', description: '', cumulative: true };

const inFolder = (): string => path.join(temporaryFolder(), 'definitions.json');

describe('StoredDefinitions', () => {
  it('knows after a restart what monitors declared before', async () => {
    const file = inFolder();
    const before = await StoredDefinitions.open(file, new RecordingLogger());
    before.define('url_monitor', [LATENCY]);
    before.define('redis_monitor', [REQUESTS]);
    await before.close();

    const after = await StoredDefinitions.open(file, new RecordingLogger());

    expect(Object.fromEntries(after.all)).toEqual({ url_monitor: [LATENCY], redis_monitor: [REQUESTS] });
  });

  it('keeps what a monitor declared last', async () => {
    const file = inFolder();
    const before = await StoredDefinitions.open(file, new RecordingLogger());
    before.define('url_monitor', [LATENCY]);
    before.define('url_monitor', [REQUESTS]);
    await before.close();

    const after = await StoredDefinitions.open(file, new RecordingLogger());

    expect(after.all.get('url_monitor')).toEqual([REQUESTS]);
  });

  it('says whether a declaration is news', async () => {
    const definitions = await StoredDefinitions.open(inFolder(), new RecordingLogger());

    expect(definitions.define('url_monitor', [LATENCY])).toBe(true);
    expect(definitions.define('url_monitor', [{ ...LATENCY }])).toBe(false);
    expect(definitions.define('url_monitor', [{ ...LATENCY, unit: 'ms' }])).toBe(true);
    await definitions.close();
  });

  it('writes a file for its owner only', async () => {
    const file = inFolder();
    const definitions = await StoredDefinitions.open(file, new RecordingLogger());
    definitions.define('url_monitor', [LATENCY]);
    await definitions.close();

    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['damaged', '{"version": 1, "metr'],
    ['of another version', '{"version": 2, "metrics": {}}'],
    ['not about metrics', '{"version": 1, "metrics": {"url_monitor": [{"name": 7}]}}'],
  ])('begins anew with a file that is %s', async (_what, content) => {
    const file = inFolder();
    writeFileSync(file, content);

    const definitions = await StoredDefinitions.open(file, new RecordingLogger());
    expect(definitions.all.size).toBe(0);
    definitions.define('url_monitor', [REQUESTS]);
    await definitions.close();

    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      version: 1,
      metrics: { url_monitor: [REQUESTS] },
    });
  });

  it('says it when the file cannot be written, and goes on', async () => {
    const folder = path.join(temporaryFolder(), 'gone');
    mkdirSync(folder);
    const logger = new RecordingLogger();
    const definitions = await StoredDefinitions.open(path.join(folder, 'definitions.json'), logger);
    rmSync(folder, { recursive: true });

    definitions.define('url_monitor', [LATENCY]);
    await definitions.close();

    expect(logger.messages('warn')).toEqual([
      expect.stringMatching(/^Cannot write units and descriptions of metrics to ".*definitions.json"/),
    ]);
    expect(definitions.all.get('url_monitor')).toEqual([LATENCY]);
  });

  it('says which file cannot be read, and what to do', async () => {
    const folder = temporaryFolder();

    await expect(StoredDefinitions.open(folder, new RecordingLogger())).rejects.toThrow(
      `Cannot read units and descriptions of metrics from "${folder}": Error: EISDIR: illegal operation on a directory, read; remove it, older values are then sent without them`,
    );
  });
});
