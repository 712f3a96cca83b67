import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Clock } from '../../../src/clock/clock.ts';
import { systemClock } from '../../../src/clock/system-clock.ts';
import type { CursorProgress } from '../../../src/otlp/delivery-contract.ts';
import { startDelivery } from '../../../src/otlp/start-delivery.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { RecordingLogger } from '../../support/recording-logger.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { startBackend } from './support/backend.ts';
import { deliverySettings } from './support/delivery-settings.ts';
import { DiskSpools } from './support/disk-spools.ts';
import { backendSettings } from './support/lane-fixture.ts';

/** A thread runs JavaScript only, so its entry is compiled first. */
async function compiledEntry(folder: string): Promise<URL> {
  const outfile = join(folder, 'delivery-worker.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('../../../src/otlp/delivery-worker.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  return pathToFileURL(outfile);
}

/** An entry that does `first` when it is started for the first time, and is `entry` from then on. */
async function stumblingEntry(entry: URL, first: string): Promise<URL> {
  const folder = temporaryFolder();
  const code = `
    import { existsSync, writeFileSync } from 'node:fs';
    const marker = ${JSON.stringify(join(folder, 'started'))};
    if (existsSync(marker)) await import(${JSON.stringify(entry.href)});
    else { writeFileSync(marker, ''); ${first} }
  `;
  await writeFile(join(folder, 'entry.mjs'), code);
  return pathToFileURL(join(folder, 'entry.mjs'));
}

async function start(entry: URL, endpoint: string, clock: Clock = systemClock) {
  const spools = await DiskSpools.open(temporaryFolder());
  const logger = new RecordingLogger();
  const progress: CursorProgress[] = [];
  const delivery = startDelivery({
    settings: deliverySettings(await spools.states(), { backends: [backendSettings({ endpoint })] }),
    clock,
    random: () => 0,
    logger,
    onProgress: (report) => progress.push(report),
    entry,
  });
  const append = async (contents: readonly string[]): Promise<void> => {
    await spools.append('m()', contents);
    delivery.advance('metrics', spools.metrics.end);
  };
  return { spools, logger, progress, delivery, append };
}

describe('delivery in a thread of its own', () => {
  let entry: URL;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'scalyr-otel-'));
    entry = await compiledEntry(folder);
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('delivers, with units, what is appended, and reports the final state when it stops', async () => {
    const { endpoint, arrived } = await startBackend();
    const { spools, progress, delivery, logger, append } = await start(entry, endpoint);
    delivery.define('m', [{ name: 'x', description: 'An x.', unit: 'sec', cumulative: false }]);
    await append(['x 1', 'x 2']);
    await delivery.stop(10_000);
    expect(arrived).toHaveLength(1);
    expect(arrived[0]?.body.toString()).toContain('"name":"x","description":"An x.","unit":"s"');
    expect(progress.findLast(({ signal }) => signal === 'metrics')).toMatchObject({
      position: spools.metrics.end,
      settled: { 'm()': { acknowledged: 2 } },
    });
    expect(logger.records).toEqual([]);
  });

  it('brings the messages of the thread into the log', async () => {
    const { endpoint } = await startBackend((_, response) => response.writeHead(503).end());
    const { delivery, logger, append } = await start(entry, endpoint);
    await append(['x 1']);
    await delivery.stop(10_000);
    expect(logger.messages('warn')).toEqual([
      'Backend "main" did not take the last metrics: HTTP 503 Service Unavailable; they stay in the spool',
    ]);
  });

  it('starts again after a crash, says so, and knows all that it was told', async () => {
    const { endpoint, arrived } = await startBackend();
    const stumbling = await stumblingEntry(entry, "throw new Error('a mistake')");
    const { progress, delivery, logger, append } = await start(stumbling, endpoint);
    delivery.define('m', [{ name: 'x', description: '', unit: 'bytes', cumulative: false }]);
    await append(['x 1']);
    await vi.waitFor(() => expect(progress).not.toEqual([]), { timeout: 10_000 });
    await delivery.stop(10_000);
    expect(arrived[0]?.body.toString()).toContain('"unit":"By"');
    expect(logger.messages('error')).toEqual([
      'Delivery crashed and is started again from its cursors: a mistake',
    ]);
  });

  it('can be stopped while it waits to start again', async () => {
    const clock = new FakeClock();
    const stumbling = await stumblingEntry(entry, "throw new Error('a mistake')");
    const { delivery, logger } = await start(stumbling, 'http://127.0.0.1:1', clock);
    await vi.waitFor(() => expect(logger.messages('error')).toHaveLength(1), { timeout: 10_000 });
    await delivery.stop(10_000);
    expect(clock.pending).toEqual([]);
  });

  it('is cut off when it does not end', async () => {
    const clock = new FakeClock();
    const hanging = await stumblingEntry(entry, 'for (;;);');
    const { delivery, logger } = await start(hanging, 'http://127.0.0.1:1', clock);
    const stopped = delivery.stop(1_000);
    await clock.advance(3_000);
    await stopped;
    expect(logger.messages('error')).toEqual([
      'Delivery does not end and is cut off; its cursors say where it goes on',
    ]);
  });
});
