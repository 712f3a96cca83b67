import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listen } from '../../../src/receiver/listen.ts';
import { CollectorFolder } from '../support/collector-folder.ts';
import { valueInPoint, valueInRecord } from '../support/seen-value.ts';
import { portOf, receive } from '../support/test-receiver.ts';

const WITHIN = { timeout: 30_000 };

const SEQUENCE = { module: 'sequence', sample_interval: 0.05, monitor_log_write_rate: -1 };

describe('Two backends, one of them dead', () => {
  it('the other is not delayed, and the dead one gets everything when it comes back', async () => {
    const alive = await receive();
    const dead = await receive();
    await dead.close();
    const backends = [
      { name: 'dead', endpoint: dead.url },
      { name: 'alive', endpoint: alive.url },
    ];
    const folder = new CollectorFolder({ monitors: [SEQUENCE], otel: { backends } });

    const collector = folder.start();
    await expect.poll(() => collector.stderr, WITHIN).toContain('Backend "dead" does not take metrics now');
    const logged = folder.log('sequence.log').length;
    await expect.poll(() => alive.totals.points, WITHIN).toBeGreaterThan(logged + 400);
    await collector.stop();

    const emitted = folder.log('sequence.log').map(valueInRecord);
    expect(alive.points.map(valueInPoint)).toEqual(emitted);
    expect(folder.status.ledger).toMatchObject({
      balanced: true,
      totals: {
        emitted: emitted.length,
        backends: {
          alive: { settled: { acknowledged: emitted.length }, pending: 0 },
          dead: { settled: {}, pending: emitted.length },
        },
      },
    });

    const revived = await receive({ port: portOf(dead) });
    await (await folder.startAndWait()).stop();

    const all = folder.log('sequence.log').map(valueInRecord);
    expect(revived.points.map(valueInPoint)).toEqual(all);
    expect(alive.points.map(valueInPoint)).toEqual(all);
    expect(folder.status.ledger).toMatchObject({
      balanced: true,
      totals: {
        emitted: all.length,
        backends: {
          alive: { settled: { acknowledged: all.length }, pending: 0 },
          dead: { settled: { acknowledged: all.length }, pending: 0 },
        },
      },
    });
  });

  it('the other is not delayed by one that accepts connections and never answers', async () => {
    const alive = await receive();
    const backends = [
      { name: 'silent', endpoint: await startSilentServer(), timeout: 1000 },
      { name: 'alive', endpoint: alive.url },
    ];
    const folder = new CollectorFolder({ monitors: [SEQUENCE], otel: { backends } });

    const collector = folder.start();
    await expect.poll(() => collector.stderr, WITHIN).toContain('Backend "silent" does not take metrics now');
    const logged = folder.log('sequence.log').length;
    await expect.poll(() => alive.totals.points, WITHIN).toBeGreaterThan(logged + 400);
    const end = await collector.stop();

    const emitted = folder.log('sequence.log').map(valueInRecord);
    expect(alive.points.map(valueInPoint)).toEqual(emitted);
    expect(end.code).toBe(0);
    expect(folder.status.ledger).toMatchObject({
      balanced: true,
      totals: {
        backends: {
          alive: { settled: { acknowledged: emitted.length }, pending: 0 },
          silent: { settled: {}, pending: emitted.length },
        },
      },
    });
  });
});

/** Takes requests and says nothing. */
async function startSilentServer(): Promise<string> {
  const server = createServer(() => {});
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return listen(server, '127.0.0.1', 0);
}
