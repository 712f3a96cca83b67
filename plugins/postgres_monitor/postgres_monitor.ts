import { defineConfigOption, ScalyrMonitor } from 'scalyr-otel-bridge';
import { databaseQuery, readDatabaseRow } from './database-query.ts';
import { loadPostgresDriver } from './driver.ts';
import { metrics } from './metrics.ts';
import { PostgresConnection, PostgresFailure } from './postgres-connection.ts';

const host = defineConfigOption({
  name: 'database_host',
  description: 'Host of PostgreSQL, or the folder of its Unix socket.',
  convertTo: 'string',
  default: 'localhost',
});
const port = defineConfigOption({
  name: 'database_port',
  description: 'Port of PostgreSQL.',
  convertTo: 'int',
  default: 5432,
  minValue: 1,
  maxValue: 65_535,
});
const useSsl = defineConfigOption({
  name: 'use_ssl',
  description: 'Whether to connect with TLS; the certificate must be trusted and be for database_host.',
  convertTo: 'bool',
  default: false,
});
const databaseName = defineConfigOption({
  name: 'database_name',
  description: 'The database that is measured.',
  convertTo: 'string',
  required: true,
});
const username = defineConfigOption({
  name: 'database_username',
  description: 'User to connect as; it needs no rights but to connect.',
  convertTo: 'string',
  required: true,
});
const password = defineConfigOption({
  name: 'database_password',
  description: 'Password of the user.',
  convertTo: 'string',
  required: true,
});
const timeout = defineConfigOption({
  name: 'timeout',
  description: 'Seconds to wait for the connection, and for the answer to the query.',
  convertTo: 'float',
  default: 10,
  minValue: 0.001,
  maxValue: 3600,
});

/** Reads the statistics of one database, over one connection that stays open. */
export class PostgresMonitor extends ScalyrMonitor {
  static override readonly description =
    'Reports connections, transactions, rows and size of a PostgreSQL database.';
  static override readonly configOptions = [host, port, useSsl, databaseName, username, password, timeout];
  static override readonly metrics = metrics;

  /** Gives the driver; a test gives another one. */
  loadDriver = loadPostgresDriver;
  #connection: PostgresConnection | undefined;

  override initialize(): void {
    const timeoutMs = Math.ceil(this.config.get(timeout) * 1000);
    this.#connection = new PostgresConnection({
      driver: this.loadDriver(),
      settings: {
        host: this.config.get(host),
        port: this.config.get(port),
        database: this.config.get(databaseName),
        user: this.config.get(username),
        password: this.config.get(password),
        ssl: this.config.get(useSsl),
        application_name: this.monitorName,
        connectionTimeoutMillis: timeoutMs,
        query_timeout: timeoutMs,
      },
      signal: this.signal,
    });
  }

  override async gatherSample(): Promise<void> {
    try {
      const rows = (await this.#connection?.query(databaseQuery)) ?? [];
      for (const { metric, value, fields } of rows.flatMap(readDatabaseRow)) {
        this.logger.emitValue(metric, value, fields);
      }
    } catch (error) {
      if (!(error instanceof PostgresFailure)) throw error;
      if (!this.signal.aborted) this.#complain(error.message);
    }
  }

  #complain(reason: string): void {
    const place = `${this.config.get(host)}:${this.config.get(port)}/${this.config.get(databaseName)}`;
    this.logger.error(`Cannot read the statistics of PostgreSQL at "${place}": ${reason}`, {
      limitOncePerSecs: 300,
      limitKey: 'no statistics',
    });
  }
}
