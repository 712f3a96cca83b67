import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { loadPostgresDriver } from '../../plugins/postgres_monitor/driver.ts';
import type { PostgresClient } from '../../plugins/postgres_monitor/driver.ts';
import { PostgresMonitor } from '../../plugins/postgres_monitor/postgres_monitor.ts';
import { freePort } from './support/free-port.ts';
import { runMonitor } from './support/run-monitor.ts';
import type { ServerProcess } from './support/server-process.ts';
import { prepare, serverFolder, startServer } from './support/server-process.ts';
import { namesOf, numberIn, watch } from './support/watched.ts';

const unavailable = inject('serversUnavailable');

describe.skipIf(unavailable)(`PostgreSQL${unavailable ? ` (${unavailable})` : ''}`, () => {
  const { folder, remove } = serverFolder('postgres');
  const data = path.join(folder, 'data');
  let port: number;
  let server: ServerProcess;

  beforeAll(async () => {
    port = await freePort();
    prepare('initdb', [
      '--pgdata',
      data,
      '--username',
      'admin',
      '--auth',
      'trust',
      '--no-sync',
      '--locale',
      'C',
    ]);
    writeFileSync(
      path.join(data, 'pg_hba.conf'),
      'host all admin 127.0.0.1/32 trust\nhost shop monitor 127.0.0.1/32 scram-sha-256\n',
    );
    appendFileSync(path.join(data, 'postgresql.conf'), configuration(folder, port));
    server = await start();
    await runSql('postgres', "CREATE ROLE monitor LOGIN PASSWORD 'secret'");
    await runSql('postgres', 'CREATE DATABASE shop');
  });

  afterAll(async () => {
    await server?.stop();
    remove();
  });

  const start = (): Promise<ServerProcess> =>
    startServer({ program: 'postgres', args: ['-D', data], port, stopSignal: 'SIGINT' });

  async function runSql(database: string, ...statements: readonly string[]): Promise<void> {
    const client = await connect(database);
    for (const statement of statements) await client.query(statement);
    await client.end();
  }

  async function connect(database: string): Promise<PostgresClient> {
    const { Client } = loadPostgresDriver();
    const client = new Client({
      host: '127.0.0.1',
      port,
      database,
      user: 'admin',
      password: '',
      ssl: false,
      application_name: 'test',
      connectionTimeoutMillis: 5000,
      query_timeout: 5000,
    });
    await client.connect();
    return client;
  }

  const entry = (more: Record<string, string | number> = {}) => ({
    database_host: '127.0.0.1',
    database_port: port,
    database_name: 'shop',
    database_username: 'monitor',
    database_password: 'secret',
    ...more,
  });

  it('reads what happened in the database, as a user without rights', async () => {
    const watched = await watch(PostgresMonitor, entry());
    const before = await watched.sample();
    await runSql(
      'shop',
      'CREATE TABLE t AS SELECT * FROM generate_series(1, 1000)',
      'SELECT pg_stat_force_next_flush()',
    );
    const after = await watched.sample();
    expect(namesOf(after)).toEqual([
      'postgres.database.connections',
      'postgres.database.transactions',
      'postgres.database.disk_blocks',
      'postgres.database.query_rows',
      'postgres.database.temp_files',
      'postgres.database.temp_bytes',
      'postgres.database.deadlocks',
      'postgres.database.blocks_op_time',
      'postgres.database.size',
    ]);
    expect(insertedRows(after) - insertedRows(before)).toBeGreaterThanOrEqual(1000);
    expect(numberIn(after, 'postgres.database.connections')).toBeGreaterThanOrEqual(1);
    expect(numberIn(after, 'postgres.database.size')).toBeGreaterThan(
      numberIn(before, 'postgres.database.size'),
    );
    expect(watched.messages()).toEqual([]);
    watched.stop();
  });

  it('says when the counts were set back', async () => {
    await runSql('shop', 'SELECT pg_stat_reset()');
    const watched = await watch(PostgresMonitor, entry());
    const reset = numberIn(await watched.sample(), 'postgres.database.stats_reset');
    expect(Math.abs(reset - Date.now() / 1000)).toBeLessThan(60);
    watched.stop();
  });

  it.each([
    [
      { database_password: 'wrong' },
      /password authentication failed .*; correct database_username and database_password/,
    ],
    [
      { database_username: 'admin', database_name: 'nothing' },
      /database "nothing" does not exist; correct database_name/,
    ],
    [{ database_name: 'postgres' }, /no pg_hba.conf entry .*; allow this user and address in pg_hba.conf/],
    [{ database_port: 1 }, /ECONNREFUSED.*; start PostgreSQL, or correct database_host and database_port/],
  ])('says what to do about %j', async (more, message) => {
    const watched = await watch(PostgresMonitor, entry(more));
    expect(await watched.sample()).toEqual([]);
    expect(watched.messages()).toEqual([expect.stringMatching(message)]);
    watched.stop();
  });

  it('does not wait for ever for a server that takes connections and then says nothing', async () => {
    const watched = await watch(PostgresMonitor, entry({ timeout: 0.3 }));
    expect(await server.frozen(() => watched.sample())).toEqual([]);
    expect(namesOf(await watched.sample())).toContain('postgres.database.size');
    expect(watched.messages()).toEqual([expect.stringContaining('timeout')]);
    watched.stop();
  });

  it('goes on with a server that was started again', async () => {
    const watched = await watch(PostgresMonitor, entry());
    await watched.sample();
    await server.stop();
    expect(await watched.sample()).toEqual([]);
    server = await start();
    expect(namesOf(await watched.sample())).toContain('postgres.database.size');
    expect(watched.messages()).toHaveLength(1);
    watched.stop();
  });

  it('leaves no connection open when it is stopped', async () => {
    const watched = await watch(PostgresMonitor, entry());
    await watched.sample();
    watched.stop();
    const client = await connect('postgres');
    const connections = async (): Promise<number> =>
      (await client.query("SELECT 1 FROM pg_stat_activity WHERE usename = 'monitor'")).rows.length;
    await expect.poll(connections).toBe(0);
    await client.end();
  });

  it('finds its driver in the host of the collector', () => {
    const lines = runMonitor('postgres_monitor', entry());
    expect(lines.filter((line) => line.includes('] postgres.database.size '))).toHaveLength(1);
  });
});

function insertedRows(lines: readonly string[]): number {
  return numberIn(
    lines.filter((line) => line.endsWith('op="inserted"')),
    'postgres.database.query_rows',
  );
}

function configuration(folder: string, port: number): string {
  return `
listen_addresses = '127.0.0.1'
port = ${port}
unix_socket_directories = '${folder}'
fsync = off
`;
}
