import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import path from 'node:path';
import { loadMysqlDriver } from '../../plugins/mysql_monitor/driver.ts';
import type { MysqlClient } from '../../plugins/mysql_monitor/driver.ts';
import { MysqlMonitor } from '../../plugins/mysql_monitor/mysql_monitor.ts';
import { freePort } from './support/free-port.ts';
import { runMonitor } from './support/run-monitor.ts';
import type { ServerProcess } from './support/server-process.ts';
import { prepare, serverFolder, startServer } from './support/server-process.ts';
import { namesOf, numberIn, watch } from './support/watched.ts';

const unavailable = inject('serversUnavailable');

describe.skipIf(unavailable)(`MariaDB${unavailable ? ` (${unavailable})` : ''}`, () => {
  const { folder, remove } = serverFolder('mariadb');
  const data = path.join(folder, 'data');
  const socket = path.join(folder, 'socket');
  let port: number;
  let server: ServerProcess;
  let admin: MysqlClient;

  beforeAll(async () => {
    port = await freePort();
    prepare('mariadb-install-db', [
      '--no-defaults',
      `--datadir=${data}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
    ]);
    server = await start();
    admin = await connect();
    await run("CREATE USER monitor@127.0.0.1 IDENTIFIED BY 'secret'");
    await run('GRANT PROCESS, REPLICATION CLIENT, REPLICA MONITOR ON *.* TO monitor@127.0.0.1');
    await run("CREATE USER blind@127.0.0.1 IDENTIFIED BY 'secret'");
    await run("CREATE USER blind@localhost IDENTIFIED BY 'secret'");
  });

  afterAll(async () => {
    admin?.destroy();
    await server?.stop();
    remove();
  });

  const start = (): Promise<ServerProcess> =>
    startServer({
      program: 'mariadbd',
      args: [
        '--no-defaults',
        '--bind-address=127.0.0.1',
        `--port=${port}`,
        `--datadir=${data}`,
        `--socket=${socket}`,
        `--pid-file=${folder}/pid`,
        '--innodb-buffer-pool-size=16M',
      ],
      port,
    });

  const connect = (): Promise<MysqlClient> =>
    loadMysqlDriver().createConnection({
      user: 'root',
      password: '',
      socketPath: socket,
      connectTimeout: 5000,
    });

  const run = (sql: string) => admin.query({ sql, timeout: 5000 });

  const entry = (more: Record<string, string | number> = {}) => ({
    database_hostport: `127.0.0.1:${port}`,
    database_username: 'monitor',
    database_password: 'secret',
    ...more,
  });

  it('reads status, variables, InnoDB and threads with the rights that its README names', async () => {
    const watched = await watch(MysqlMonitor, entry());
    const before = await watched.sample();
    await run('SELECT 1');
    const after = await watched.sample();
    expect(namesOf(after)).toEqual(
      expect.arrayContaining([
        'mysql.global.bytes_received',
        'mysql.global.com_select',
        'mysql.global.uptime',
        'mysql.max_connections',
        'mysql.open_files_limit',
        'mysql.innodb.history_list_length',
        'mysql.innodb.opened_read_views',
        'mysql.process.query',
        'mysql.process.sleep',
      ]),
    );
    expect(numberIn(after, 'mysql.max_connections')).toBe(151);
    expect(numberIn(after, 'mysql.global.com_select') - numberIn(before, 'mysql.global.com_select')).toBe(1);
    expect(watched.messages()).toEqual([]);
    watched.stop();
  });

  it('reads what a user without rights may see over the socket, and says what it may not', async () => {
    const { database_hostport: _, ...elsewhere } = entry({
      database_username: 'blind',
      database_socket: socket,
    });
    const watched = await watch(MysqlMonitor, elsewhere);
    expect(namesOf(await watched.sample())).toEqual(
      expect.arrayContaining(['mysql.global.uptime', 'mysql.max_connections', 'mysql.process.query']),
    );
    const hint = /; grant PROCESS, REPLICATION CLIENT and, on MariaDB, REPLICA MONITOR to this user$/;
    expect(watched.messages()).toEqual([expect.stringMatching(hint), expect.stringMatching(hint)]);
    watched.stop();
  });

  it('reads how far a replica is behind', async () => {
    await run("CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = 1, MASTER_USER = 'x'");
    const watched = await watch(MysqlMonitor, entry());
    const lines = await watched.sample();
    await run('RESET SLAVE ALL');
    expect(numberIn(lines, 'mysql.slave.slave_io_running')).toBe(0);
    expect(numberIn(lines, 'mysql.slave.slave_sql_running')).toBe(0);
    expect(namesOf(lines)).not.toContain('mysql.slave.seconds_behind_master');
    watched.stop();
  });

  it.each([
    [
      { database_password: 'wrong' },
      /Access denied for user .*; correct database_username and database_password/,
    ],
    [{ database_hostport: '127.0.0.1:1' }, /ECONNREFUSED.*; start MySQL, or correct database_hostport/],
  ])('says what to do about %j', async (more, message) => {
    const watched = await watch(MysqlMonitor, entry(more));
    expect(await watched.sample()).toEqual([]);
    expect(watched.messages()).toEqual([expect.stringMatching(message)]);
    watched.stop();
  });

  it('leaves no connection open when it is stopped', async () => {
    const watched = await watch(MysqlMonitor, entry());
    await watched.sample();
    watched.stop();
    const others = async (): Promise<unknown> =>
      (await run("SELECT 1 FROM information_schema.processlist WHERE user = 'monitor'"))[0];
    await expect.poll(others).toEqual([]);
  });

  it('finds its driver in the host of the collector', () => {
    const lines = runMonitor('mysql_monitor', entry());
    expect(lines.filter((line) => line.includes('] mysql.global.uptime '))).toHaveLength(1);
  });

  it('does not wait for ever for a server that stops to answer', async () => {
    const watched = await watch(MysqlMonitor, entry({ timeout: 0.5 }));
    await watched.sample();
    expect(await server.frozen(() => watched.sample())).toEqual([]);
    expect(namesOf(await watched.sample())).toContain('mysql.global.uptime');
    expect(watched.messages()).toEqual([expect.stringContaining('timeout')]);
    watched.stop();
  });

  it('does not wait for ever for a server that takes connections and then says nothing', async () => {
    const watched = await watch(MysqlMonitor, entry({ timeout: 0.5 }));
    expect(await server.frozen(() => watched.sample())).toEqual([]);
    expect(watched.messages()).toEqual([expect.stringContaining('ETIMEDOUT')]);
    watched.stop();
  });

  it('goes on with a server that was started again', async () => {
    const watched = await watch(MysqlMonitor, entry());
    await watched.sample();
    admin.destroy();
    await server.stop();
    expect(await watched.sample()).toEqual([]);
    server = await start();
    admin = await connect();
    expect(namesOf(await watched.sample())).toContain('mysql.global.uptime');
    expect(watched.messages()).toHaveLength(1);
    watched.stop();
  });
});
