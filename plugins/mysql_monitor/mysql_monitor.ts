import { ScalyrMonitor } from 'scalyr-otel-bridge';
import type { ExtraFields } from 'scalyr-otel-bridge';
import { loadMysqlDriver } from './driver.ts';
import type { Row } from './driver.ts';
import { metrics } from './metrics.ts';
import { MysqlConnection, MysqlFailure } from './mysql-connection.ts';
import type { StatementOutcome } from './mysql-connection.ts';
import * as options from './options.ts';
import { parseInnodbStatus } from './parse-innodb-status.ts';
import { countProcesses, parseGlobalStatus, parseReplicaStatus, parseVariables } from './parse-status.ts';
import type { Values } from './parse-status.ts';
import { readAddress } from './read-address.ts';

const VARIABLES = "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('max_connections', 'open_files_limit')";

/** Reads what a MySQL or MariaDB server says of itself, over one connection that stays open. */
export class MysqlMonitor extends ScalyrMonitor {
  static override readonly description =
    'Reports status, InnoDB, threads and replication of a MySQL or MariaDB server.';
  static override readonly configOptions = Object.values(options);
  static override readonly metrics = metrics;

  /** Gives the driver; a test gives another one. */
  loadDriver = loadMysqlDriver;
  #connection: MysqlConnection | undefined;
  /** MySQL 8.4 knows only the new name, MySQL 5 only the old one. */
  #replicaStatement: 'SHOW REPLICA STATUS' | 'SHOW SLAVE STATUS' = 'SHOW REPLICA STATUS';

  readonly #address = readAddress({
    socket: this.config.get(options.socket),
    hostport: this.config.get(options.hostport),
  });

  override initialize(): void {
    const timeoutMs = Math.ceil(this.config.get(options.timeout) * 1000);
    this.#connection = new MysqlConnection({
      driver: this.loadDriver(),
      settings: {
        ...this.#address,
        user: this.config.get(options.username),
        password: this.config.get(options.password),
        connectTimeout: timeoutMs,
        ...(this.config.get(options.useSsl) && { ssl: { rejectUnauthorized: true } }),
      },
      timeoutMs,
      signal: this.signal,
    });
  }

  override async gatherSample(): Promise<void> {
    try {
      this.#emit(parseGlobalStatus(await this.#ask('SHOW GLOBAL STATUS')));
      this.#emit(parseVariables(await this.#ask(VARIABLES)));
      const [report] = await this.#ask('SHOW ENGINE INNODB STATUS');
      if (typeof report?.['Status'] === 'string') this.#emit(parseInnodbStatus(report['Status']));
      this.#emit(countProcesses(await this.#ask('SHOW PROCESSLIST')));
      for (const row of await this.#askReplicas()) this.#emit(parseReplicaStatus(row), channelOf(row));
    } catch (error) {
      if (!(error instanceof MysqlFailure)) throw error;
      if (this.signal.aborted) return;
      this.logger.error(`Cannot read the status of MySQL at "${this.#place}": ${error.message}`, {
        limitOncePerSecs: 300,
        limitKey: 'no status',
      });
    }
  }

  #emit(values: Values, fields?: ExtraFields): void {
    for (const [name, value] of values) this.logger.emitValue(name, value, fields);
  }

  async #askReplicas(): Promise<readonly Row[]> {
    const outcome = await this.#query(this.#replicaStatement);
    if (outcome.kind === 'refused' && outcome.code === 'ER_PARSE_ERROR')
      this.#replicaStatement = 'SHOW SLAVE STATUS';
    else return this.#rowsOf(outcome, this.#replicaStatement);
    return this.#ask(this.#replicaStatement);
  }

  async #ask(sql: string): Promise<readonly Row[]> {
    return this.#rowsOf(await this.#query(sql), sql);
  }

  async #query(sql: string): Promise<StatementOutcome> {
    return (await this.#connection?.query(sql)) ?? { kind: 'rows', rows: [] };
  }

  /** No rows where the server refuses the statement: the others may be allowed. */
  #rowsOf(outcome: StatementOutcome, sql: string): readonly Row[] {
    if (outcome.kind === 'rows') return outcome.rows;
    this.logger.warn(
      `MySQL at "${this.#place}" refuses ${sql}: ${outcome.message}; grant PROCESS, REPLICATION CLIENT and, on MariaDB, ` +
        'REPLICA MONITOR to this user',
      { limitOncePerSecs: 3600, limitKey: sql },
    );
    return [];
  }

  get #place(): string {
    return 'socketPath' in this.#address
      ? this.#address.socketPath
      : `${this.#address.host}:${this.#address.port}`;
  }
}

/** A replica with several sources has a row for each. */
function channelOf(row: Row): ExtraFields | undefined {
  const channel = row['Channel_Name'] ?? row['Connection_name'];
  return typeof channel === 'string' && channel !== '' ? { channel } : undefined;
}
