import type { ClientSettings, MysqlClient, MysqlDriver, Row } from './driver.ts';

/** The server could not be reached, or refuses the user. The message is for the user. */
export class MysqlFailure extends Error {}

/** What the server said to a statement: rows, or why it refuses this one statement. */
export type StatementOutcome =
  | { readonly kind: 'rows'; readonly rows: readonly Row[] }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

export interface MysqlConnectionSetup {
  readonly driver: MysqlDriver;
  readonly settings: ClientSettings;
  readonly timeoutMs: number;
  /** Closes the connection when it aborts. */
  readonly signal: AbortSignal;
}

/** One connection, which is opened when it is needed and anew when it broke. */
export class MysqlConnection {
  readonly #setup: MysqlConnectionSetup;
  #client: MysqlClient | undefined;

  constructor(setup: MysqlConnectionSetup) {
    this.#setup = setup;
    setup.signal.addEventListener('abort', () => this.#drop(), { once: true });
  }

  /** Runs a statement. Rejects with MysqlFailure when the connection breaks; the next one connects again. */
  async query(sql: string): Promise<StatementOutcome> {
    try {
      const client = this.#client ?? (await this.#connect());
      const [rows] = await client.query({ sql, timeout: this.#setup.timeoutMs });
      return { kind: 'rows', rows: isRows(rows) ? rows : [] };
    } catch (error) {
      const code = codeOf(error);
      const message = error instanceof Error ? error.message : String(error);
      if (STATEMENT_REFUSED.has(code)) return { kind: 'refused', code, message };
      this.#drop();
      throw new MysqlFailure(withHint(message === '' ? code : message, code), { cause: error });
    }
  }

  async #connect(): Promise<MysqlClient> {
    const { driver, settings, signal } = this.#setup;
    const client = await driver.createConnection(settings);
    // Without a listener, a connection that breaks while it is idle would end the monitor.
    client.on('error', () => {
      if (this.#client === client) this.#drop();
    });
    this.#client = client;
    if (signal.aborted) this.#drop();
    return client;
  }

  #drop(): void {
    this.#client?.destroy();
    this.#client = undefined;
  }
}

/** Codes that say nothing about the connection: the other statements may be answered. */
const STATEMENT_REFUSED: ReadonlySet<string> = new Set([
  'ER_SPECIFIC_ACCESS_DENIED_ERROR',
  'ER_TABLEACCESS_DENIED_ERROR',
  'ER_PARSE_ERROR',
  'ER_UNKNOWN_STORAGE_ENGINE',
  'ER_NOT_SUPPORTED_YET',
]);

const HINTS = new Map([
  ['ECONNREFUSED', 'start MySQL, or correct database_hostport'],
  ['ENOENT', 'start MySQL, or correct database_socket'],
  ['EACCES', 'let the collector use this socket, or set database_hostport'],
  ['ENOTFOUND', 'correct database_hostport'],
  ['EAI_AGAIN', 'correct database_hostport'],
  ['ER_ACCESS_DENIED_ERROR', 'correct database_username and database_password'],
  ['ER_HOST_NOT_PRIVILEGED', 'create the user for this host'],
  ['ER_CON_COUNT_ERROR', 'raise max_connections'],
  ['HANDSHAKE_NO_SSL_SUPPORT', 'set use_ssl to false, or let the server use TLS'],
  ['HANDSHAKE_SSL_ERROR', 'trust the certificate with NODE_EXTRA_CA_CERTS, or set use_ssl to false'],
]);

function withHint(message: string, code: string): string {
  const hint = HINTS.get(code);
  return hint === undefined ? message : `${message}; ${hint}`;
}

/** The error's code; of the first one inside when several addresses were tried. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof AggregateError ? codeOf(error.errors[0]) : '';
}

function isRows(rows: unknown): rows is readonly Row[] {
  return Array.isArray(rows) && rows.every((row) => typeof row === 'object' && row !== null);
}
