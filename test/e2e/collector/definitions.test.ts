import { expect, it } from 'vitest';
import { CollectorFolder } from '../support/collector-folder.ts';
import { portOf, receive } from '../support/test-receiver.ts';

const WITHIN = { timeout: 30_000 };

it('delivers what waited through a restart as its monitor declared it, also when that one runs no more', async () => {
  const gone = await receive();
  await gone.close();
  const otel = { backends: [{ name: 'only', endpoint: gone.url }], cumulative: 'sum' };
  const folder = new CollectorFolder({
    monitors: [{ module: 'declares-metrics', sample_interval: 0.1 }],
    otel,
  });
  const first = folder.start();
  await expect.poll(() => folder.log('declares-metrics.log').length, WITHIN).toBeGreaterThan(2);
  await first.stop();
  folder.configure({ monitors: [], otel });

  const back = await receive({ port: portOf(gone) });
  await (await folder.startAndWait()).stop();

  expect(back.points.length).toBe(folder.log('declares-metrics.log').length);
  for (const point of back.points)
    expect(point).toMatchObject({ name: 'sent', unit: 'By', description: 'What was sent.', kind: 'sum' });
});
