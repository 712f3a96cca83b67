import { loadPackage } from 'scalyr-otel-bridge';

/** What a connection needs to know; a part of the settings of `mysql2`. */
export interface ClientSettings {
  readonly user: string;
  readonly password: string;
  readonly host?: string;
  readonly port?: number;
  readonly socketPath?: string;
  readonly ssl?: object;
  readonly connectTimeout: number;
}

export type Row = Readonly<Record<string, unknown>>;

/** What the monitor uses of a connection of `mysql2`. */
export interface MysqlClient {
  query(question: { readonly sql: string; readonly timeout: number }): Promise<readonly [unknown, unknown]>;
  destroy(): void;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** What the monitor uses of the package `mysql2`. */
export interface MysqlDriver {
  createConnection(settings: ClientSettings): Promise<MysqlClient>;
}

/** Loads the package `mysql2`. Throws BadMonitorConfiguration when it is not installed. */
export function loadMysqlDriver(): MysqlDriver {
  const driver = loadPackage('mysql2/promise', import.meta.url);
  if (isDriver(driver)) return driver;
  throw new Error(
    'Cannot use the package "mysql2": it has no "createConnection"; install version 3 with "npm install mysql2@3"',
  );
}

function isDriver(value: unknown): value is MysqlDriver {
  return (
    typeof value === 'object' &&
    value !== null &&
    'createConnection' in value &&
    typeof value.createConnection === 'function'
  );
}
