import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { infoNames } from '../../plugins/redis_monitor/metrics.ts';
import { connectRedis } from '../../plugins/redis_monitor/redis-connection.ts';
import type { Redis } from '../../plugins/redis_monitor/redis-connection.ts';
import { RedisMonitor } from '../../plugins/redis_monitor/redis_monitor.ts';
import { freePort } from './support/free-port.ts';
import type { ServerProcess } from './support/server-process.ts';
import { serverFolder, startServer } from './support/server-process.ts';
import { namesOf, numberIn, watch } from './support/watched.ts';

const unavailable = inject('serversUnavailable');

describe.skipIf(unavailable)(`Redis${unavailable ? ` (${unavailable})` : ''}`, () => {
  const { folder, remove } = serverFolder('redis');
  const stopping = new AbortController();
  let port: number;
  let server: ServerProcess;
  let redis: Redis;

  beforeAll(async () => {
    port = await freePort();
    writeFileSync(path.join(folder, 'redis.conf'), configuration(folder, port));
    server = await start();
    redis = await connect();
    await redis.call(
      'ACL',
      'SETUSER',
      'monitor',
      'on',
      '>secret',
      '+ping',
      '+info',
      '+slowlog|get',
      '+latency|latest',
    );
    await redis.call('ACL', 'SETUSER', 'blind', 'on', '>secret', '+ping');
  });

  afterAll(async () => {
    stopping.abort();
    await server?.stop();
    remove();
  });

  const start = (): Promise<ServerProcess> =>
    startServer({ program: 'redis-server', args: [path.join(folder, 'redis.conf')], port });

  const connect = (): Promise<Redis> =>
    connectRedis(
      { host: '127.0.0.1', port, password: 'master' },
      { timeoutSecs: 5, signal: stopping.signal },
    );

  const hostsWith = (more: Record<string, string>) => ({ hosts: [{ host: '127.0.0.1', port, ...more }] });

  it('reads INFO, keyspaces and latencies with the rights that its README names', async () => {
    await redis.call('SET', 'k', 'v', 'EX', '1000');
    await redis.call('DEBUG', 'SLEEP', '0.02');
    const watched = await watch(RedisMonitor, hostsWith({ username: 'monitor', password: 'secret' }));
    const lines = await watched.sample();
    const ofReplicasAndFiles = ['redis.master_last_io_seconds_ago', 'redis.aof_current_size'];
    const expected = infoNames
      .map((name) => `redis.${name}`)
      .filter((name) => !ofReplicasAndFiles.includes(name));
    expect(namesOf(lines)).toEqual([
      ...expected,
      'redis.keyspace.keys',
      'redis.keyspace.expires',
      'redis.keyspace.avg_ttl',
      'redis.latency.ping',
      'redis.latency.latest',
      'redis.latency.max',
      'redis',
    ]);
    expect(lines).toContain(`redis.keyspace.keys 1 db="db0" host="127.0.0.1:${port}"`);
    expect(numberIn(lines, 'redis.latency.max')).toBeGreaterThanOrEqual(20);
    expect(watched.messages()).toEqual([]);
    watched.stop();
  });

  it('tells each slow command once, from the first sample on', async () => {
    const quiet = { log_info: false, log_latency: false };
    const watched = await watch(RedisMonitor, { ...hostsWith({ password: 'master' }), ...quiet });
    await redis.call('SET', 'before', 'the first look');
    await watched.sample();
    await redis.call('SET', 'caf\u00e9', 'two words');
    const commands = (await watched.sample()).map((line) => /command="([^"]*)"/.exec(line)?.[1]);
    expect(commands).toEqual(['SLOWLOG GET 500', 'SET caf\u00e9 two words', 'INFO']);
    expect(watched.messages()).toEqual([]);
    watched.stop();
  });

  it('says which commands a user may not use', async () => {
    const watched = await watch(RedisMonitor, hostsWith({ username: 'blind', password: 'secret' }));
    expect(namesOf(await watched.sample())).toEqual(['redis.latency.ping']);
    expect(watched.messages()).toEqual([
      expect.stringMatching(/refuses SLOWLOG: NOPERM .*; allow it to this user/),
      expect.stringMatching(/refuses INFO: NOPERM .*; allow it to this user/),
      expect.stringMatching(/refuses LATENCY: NOPERM .*; allow it to this user/),
    ]);
    watched.stop();
  });

  it('says when the password is wrong or missing', async () => {
    const wrong = await watch(RedisMonitor, hostsWith({ password: 'wrong' }));
    expect(await wrong.sample()).toEqual([]);
    expect(wrong.messages()).toEqual([
      expect.stringMatching(/WRONGPASS .*; correct the password and the username/),
    ]);
    const missing = await watch(RedisMonitor, { ...hostsWith({}), log_latency: false });
    expect(await missing.sample()).toEqual([]);
    expect(missing.messages()[0]).toMatch(/NOAUTH .*; give the password of this host/);
    wrong.stop();
    missing.stop();
  });

  it('goes on with a server that was started again', async () => {
    const watched = await watch(RedisMonitor, { ...hostsWith({ password: 'master' }), log_latency: false });
    await watched.sample();
    await server.stop();
    expect(await watched.sample()).toEqual([]);
    server = await start();
    expect(namesOf(await watched.sample())).toContain('redis.connected_clients');
    expect(watched.messages()).toEqual([expect.stringContaining('Cannot watch Redis')]);
    watched.stop();
  });

  it('leaves no connection open when it is stopped', async () => {
    const watched = await watch(RedisMonitor, hostsWith({ password: 'master' }));
    await watched.sample();
    watched.stop();
    const ours = await connect();
    await expect.poll(() => connectionsOf(ours)).toHaveLength(1);
    ours.close();
  });
});

async function connectionsOf(redis: Redis): Promise<string[]> {
  const list = await redis.call('CLIENT', 'LIST');
  return Buffer.isBuffer(list) ? list.toString().trim().split('\n') : [];
}

/** Every command is slow, and a millisecond is a spike. */
function configuration(folder: string, port: number): string {
  return `
bind 127.0.0.1
port ${port}
dir ${folder}
save ""
requirepass master
slowlog-log-slower-than 0
latency-monitor-threshold 1
enable-debug-command local
`;
}
