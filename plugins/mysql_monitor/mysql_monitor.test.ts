import { describe, expect, it } from 'vitest';
import { RecordingContext } from '../../test/unit/monitor/recording-context.ts';
import type { MysqlClient } from './driver.ts';
import { MysqlMonitor } from './mysql_monitor.ts';
import { readAddress } from './read-address.ts';

interface FakeConnection {
  isDestroyed: boolean;
  breakIdle: (error: Error) => void;
}

/** A server that a test takes away and gives back. */
class FakeServer {
  readonly clients: FakeConnection[] = [];
  readonly statements: string[] = [];
  failure: Error | undefined;

  connect(): MysqlClient {
    if (this.failure) throw this.failure;
    const client: FakeConnection = { isDestroyed: false, breakIdle: () => undefined };
    this.clients.push(client);
    return {
      query: async ({ sql }) => {
        if (this.failure) throw this.failure;
        this.statements.push(sql);
        if (sql === 'SHOW REPLICA STATUS')
          throw Object.assign(new Error('syntax'), { code: 'ER_PARSE_ERROR' });
        return [sql === 'SHOW GLOBAL STATUS' ? [{ Variable_name: 'Uptime', Value: '5' }] : [], []];
      },
      destroy: () => {
        client.isDestroyed = true;
      },
      on: (_, listener) => {
        client.breakIdle = listener;
      },
    };
  }
}

function make(): { monitor: MysqlMonitor; context: RecordingContext; server: FakeServer } {
  const server = new FakeServer();
  const config = { database_hostport: 'db', database_username: 'me', database_password: 'secret' };
  const context = new RecordingContext({ module: 'mysql_monitor', config });
  const monitor = new MysqlMonitor(context);
  monitor.loadDriver = () => ({ createConnection: async () => server.connect() });
  monitor.initialize();
  return { monitor, context, server };
}

describe('mysql_monitor', () => {
  it('connects with the first sample only and keeps the connection', async () => {
    const { monitor, context, server } = make();
    expect(server.clients).toHaveLength(0);
    await monitor.gatherSample();
    await monitor.gatherSample();
    expect(server.clients).toHaveLength(1);
    expect(context.lines).toHaveLength(2);
  });

  it('finds out once that a server knows only the old name of replication', async () => {
    const { monitor, server } = make();
    await monitor.gatherSample();
    await monitor.gatherSample();
    expect(server.statements.filter((sql) => sql.endsWith('SLAVE STATUS'))).toHaveLength(2);
    expect(server.statements.filter((sql) => sql.endsWith('REPLICA STATUS'))).toHaveLength(1);
  });

  it('says once in five minutes that there is no connection, and goes on when there is one again', async () => {
    const { monitor, context, server } = make();
    server.failure = Object.assign(new Error(''), { code: 'ECONNREFUSED' });
    await monitor.gatherSample();
    await monitor.gatherSample();
    server.failure = undefined;
    await monitor.gatherSample();
    expect(context.diagnostics.map(({ message }) => message)).toEqual([
      'Cannot read the status of MySQL at "db:3306": ECONNREFUSED; start MySQL, or correct database_hostport',
    ]);
    expect(context.lines).toHaveLength(1);
  });

  it('connects again when the server does not answer in time', async () => {
    const { monitor, server } = make();
    await monitor.gatherSample();
    server.failure = Object.assign(new Error('Query inactivity timeout'), {
      code: 'PROTOCOL_SEQUENCE_TIMEOUT',
    });
    await monitor.gatherSample();
    server.failure = undefined;
    await monitor.gatherSample();
    expect(server.clients.map(({ isDestroyed }) => isDestroyed)).toEqual([true, false]);
  });

  it('outlives a connection that breaks between two samples', async () => {
    const { monitor, context, server } = make();
    await monitor.gatherSample();
    server.clients[0]?.breakIdle(new Error('Connection lost: The server closed the connection.'));
    await monitor.gatherSample();
    expect(server.clients.map(({ isDestroyed }) => isDestroyed)).toEqual([true, false]);
    expect(context.diagnostics).toEqual([]);
  });

  it('closes the connection when it is stopped', async () => {
    const { monitor, context, server } = make();
    await monitor.gatherSample();
    context.stopping.abort();
    expect(server.clients[0]?.isDestroyed).toBe(true);
  });
});

describe('readAddress', () => {
  it.each([
    ['default', { host: 'localhost', port: 3306 }],
    ['db:3307', { host: 'db', port: 3307 }],
    ['db', { host: 'db', port: 3306 }],
    ['3307', { host: 'localhost', port: 3307 }],
    ['10.0.0.1:3306', { host: '10.0.0.1', port: 3306 }],
    ['[::1]:3307', { host: '::1', port: 3307 }],
    ['[::1]', { host: '::1', port: 3306 }],
  ])('reads the hostport %s', (hostport, address) => {
    expect(readAddress({ socket: undefined, hostport })).toEqual(address);
  });

  it.each(['', 'db:', ':3306', 'db:0', 'db:65536', 'db:x', 'a b', '::1'])(
    'refuses the hostport "%s"',
    (hostport) => {
      expect(() => readAddress({ socket: undefined, hostport })).toThrow(
        `Cannot use "${hostport}" in field "database_hostport": wanted "host:port", "host" or "port"`,
      );
    },
  );

  it('takes the socket as it is given, or the one that is there', () => {
    const exists = (file: string): boolean => file === '/var/lib/mysql/mysql.sock';
    expect(readAddress({ socket: '/a.sock', hostport: undefined, exists })).toEqual({
      socketPath: '/a.sock',
    });
    expect(readAddress({ socket: 'default', hostport: undefined, exists })).toEqual({
      socketPath: '/var/lib/mysql/mysql.sock',
    });
  });

  it('wants one of the two', () => {
    const neither = { socket: undefined, hostport: undefined };
    expect(() => readAddress(neither)).toThrow(
      'wanted one of database_socket and database_hostport, found neither',
    );
    expect(() => readAddress({ socket: 'default', hostport: '3306' })).toThrow('found both');
  });
});
