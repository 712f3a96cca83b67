import type { ClientSettings, PostgresClient, PostgresDriver, Row } from './driver.ts';

/** The database could not be asked. The message is for the user. */
export class PostgresFailure extends Error {}

export interface PostgresConnectionSetup {
  readonly driver: PostgresDriver;
  readonly settings: ClientSettings;
  /** Closes the connection when it aborts. */
  readonly signal: AbortSignal;
}

/** One connection, which is opened when it is needed and anew when it broke. */
export class PostgresConnection {
  readonly #setup: PostgresConnectionSetup;
  #client: PostgresClient | undefined;

  constructor(setup: PostgresConnectionSetup) {
    this.#setup = setup;
    setup.signal.addEventListener('abort', () => this.#drop(), { once: true });
  }

  /** The rows that a query gives. Rejects with PostgresFailure; the next query connects again. */
  async query(text: string): Promise<readonly Row[]> {
    try {
      const client = this.#client ?? (await this.#connect());
      const { rows } = await client.query(text);
      return rows;
    } catch (error) {
      this.#drop();
      throw new PostgresFailure(reasonOf(error), { cause: error });
    }
  }

  async #connect(): Promise<PostgresClient> {
    const { driver, settings, signal } = this.#setup;
    const client = new driver.Client(settings);
    // Without a listener, a connection that breaks while it is idle would end the monitor.
    client.on('error', () => {
      if (this.#client === client) this.#drop();
    });
    this.#client = client;
    await client.connect();
    if (signal.aborted) this.#drop();
    return client;
  }

  #drop(): void {
    const client = this.#client;
    this.#client = undefined;
    client?.end().catch(() => undefined);
  }
}

/** What to do about errors, by their code: PostgreSQL's SQLSTATE or that of the network. */
const HINTS = new Map([
  ['ECONNREFUSED', 'start PostgreSQL, or correct database_host and database_port'],
  ['ENOENT', 'start PostgreSQL, or correct the folder of its socket in database_host'],
  ['ENOTFOUND', 'correct database_host'],
  ['EAI_AGAIN', 'correct database_host'],
  ['28P01', 'correct database_username and database_password'],
  ['28000', 'allow this user and address in pg_hba.conf, or create the user'],
  ['3D000', 'correct database_name'],
  ['42501', 'GRANT pg_monitor to this user'],
  ['53300', 'raise max_connections'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'trust the certificate with NODE_EXTRA_CA_CERTS, or set use_ssl to false'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'trust the certificate with NODE_EXTRA_CA_CERTS, or set use_ssl to false'],
]);

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const code = codeOf(error);
  const hint = HINTS.get(code);
  const said = message === '' ? code : message;
  return hint === undefined ? said : `${said}; ${hint}`;
}

/** The error's code; of the first one inside when several addresses were tried. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof AggregateError ? codeOf(error.errors[0]) : '';
}
