import { loadPackage } from 'scalyr-otel-bridge';

/** What a connection needs to know; a part of the settings of `pg`. */
export interface ClientSettings {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly ssl: boolean;
  readonly application_name: string;
  readonly connectionTimeoutMillis: number;
  readonly query_timeout: number;
}

export type Row = Readonly<Record<string, unknown>>;

/** What the monitor uses of a client of `pg`. */
export interface PostgresClient {
  connect(): Promise<unknown>;
  query(text: string): Promise<{ readonly rows: readonly Row[] }>;
  end(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** What the monitor uses of the package `pg`. */
export interface PostgresDriver {
  readonly Client: new (settings: ClientSettings) => PostgresClient;
}

/** Loads the package `pg`. Throws BadMonitorConfiguration when it is not installed. */
export function loadPostgresDriver(): PostgresDriver {
  const driver = loadPackage('pg', import.meta.url);
  if (isDriver(driver)) return driver;
  throw new Error(
    'Cannot use the package "pg": it has no "Client"; install version 8 with "npm install pg@8"',
  );
}

function isDriver(value: unknown): value is PostgresDriver {
  return (
    typeof value === 'object' && value !== null && 'Client' in value && typeof value.Client === 'function'
  );
}
