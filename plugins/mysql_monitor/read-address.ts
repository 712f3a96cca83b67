import { existsSync } from 'node:fs';
import { BadMonitorConfiguration } from 'scalyr-otel-bridge';

/** Where a server is: one of the two. */
export type MysqlAddress = { readonly socketPath: string } | { readonly host: string; readonly port: number };

export interface AddressOptions {
  readonly socket: string | undefined;
  readonly hostport: string | undefined;
  /** Tells whether there is a file; a test gives another one. */
  readonly exists?: (file: string) => boolean;
}

/** Where distributions put the socket. */
const DEFAULT_SOCKETS = ['/run/mysqld/mysqld.sock', '/var/lib/mysql/mysql.sock', '/tmp/mysql.sock'] as const;

/**
 * The address that database_socket or database_hostport gives: `default`, a path; `default`, `host:port`, `host`, `port`
 * or `[::1]:port`. Throws BadMonitorConfiguration when both or none are given, or when it is no address.
 */
export function readAddress({ socket, hostport, exists = existsSync }: AddressOptions): MysqlAddress {
  if (socket !== undefined && hostport === undefined) {
    const found = socket === 'default' ? DEFAULT_SOCKETS.find((path) => exists(path)) : socket;
    return { socketPath: found ?? DEFAULT_SOCKETS[0] };
  }
  if (hostport !== undefined && socket === undefined) return readHostport(hostport);
  const found = socket === undefined ? 'neither' : 'both';
  throw new BadMonitorConfiguration(
    `Cannot tell where MySQL is: wanted one of database_socket and database_hostport, found ${found}`,
    'database_socket',
  );
}

function readHostport(text: string): MysqlAddress {
  const hostport = /^\d+$/.test(text) ? `localhost:${text}` : text.replace(/^default$/, 'localhost');
  const [, bracketed, name, digits = '3306'] = /^(?:\[([^\]]+)\]|([^:\s]+))(?::(\d+))?$/.exec(hostport) ?? [];
  const host = bracketed ?? name;
  const port = Number(digits);
  if (host !== undefined && port >= 1 && port <= 65_535) return { host, port };
  throw new BadMonitorConfiguration(
    `Cannot use "${text}" in field "database_hostport": wanted "host:port", "host" or "port"`,
    'database_hostport',
  );
}
