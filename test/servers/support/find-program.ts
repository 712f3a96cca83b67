import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** What the suite starts. */
export type ServerProgram =
  | 'apache2'
  | 'initdb'
  | 'journalctl'
  | 'mariadb-install-db'
  | 'mariadbd'
  | 'nginx'
  | 'postgres'
  | 'redis-server'
  | 'snmpd'
  | 'systemd-journal-remote';

/** Debian keeps the programs of each version of PostgreSQL in a folder of its own. */
const POSTGRES = '/usr/lib/postgresql';

/** Where a program is installed. */
export function findProgram(name: ServerProgram): string | undefined {
  const versions = existsSync(POSTGRES) ? readdirSync(POSTGRES).sort().toReversed() : [];
  const folders = [
    '/usr/sbin',
    '/usr/bin',
    '/usr/lib/systemd',
    ...versions.map((version) => path.join(POSTGRES, version, 'bin')),
  ];
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}

/** The same, for what must be there once the suite runs. */
export function programPath(name: ServerProgram): string {
  const file = findProgram(name);
  if (file === undefined) throw new Error(`Cannot find the program "${name}"`);
  return file;
}
