import { openConnectedSocket } from './connected-socket.ts';
import type { DeviceSettings, User } from './device-settings.ts';
import type {
  DriverSession,
  SessionOptions,
  SessionSocket,
  SnmpDriver,
  SnmpUser,
  Varbind,
} from './driver.ts';
import { explain, SnmpFailure } from './snmp-failure.ts';

/** Values of a walk, as they come; `false` when no more are wanted. */
export type TakeValues = (values: readonly Varbind[]) => boolean;

/** A conversation with one device. What fails rejects with SnmpFailure or SnmpRefusal. */
export interface SnmpSession {
  readonly isOpen: boolean;
  /** One value for each OID, in their order. */
  get(oids: readonly string[]): Promise<readonly Varbind[]>;
  /** All values below an OID, in the order of their numbers. */
  walk(oid: string, take: TakeValues): Promise<void>;
  /** What is under way rejects. */
  close(): void;
}

/** Rows asked for at once; more would not fit into a datagram with some devices. */
const ROWS_AT_ONCE = 20;

/** Opens a session with `net-snmp`. Rejects with SnmpFailure when the host is not known; nothing is sent yet. */
export async function openSnmpSession(driver: SnmpDriver, settings: DeviceSettings): Promise<SnmpSession> {
  const session = new OpenSession(settings);
  try {
    const { host, port } = settings;
    const socket = await openConnectedSocket({ host, port, onFailure: (error) => session.fail(error) });
    session.start(driver, socket);
    return session;
  } catch (error) {
    throw explain(error, settings);
  }
}

class OpenSession implements SnmpSession {
  readonly #settings: DeviceSettings;
  readonly #waiting = new Set<(error: Error) => void>();
  #session: DriverSession | undefined;

  constructor(settings: DeviceSettings) {
    this.#settings = settings;
  }

  get isOpen(): boolean {
    return this.#session !== undefined;
  }

  start(driver: SnmpDriver, socket: SessionSocket): void {
    const { access, host, port, timeoutSecs, retries } = this.#settings;
    const options: SessionOptions = {
      version: access.version === 3 ? 3 : access.version === 2 ? 1 : 0,
      port,
      timeout: Math.ceil(timeoutSecs * 1000),
      retries,
      backwardsGetNexts: false,
      reportOidMismatchErrors: true,
      dgramModule: { createSocket: () => socket },
    };
    this.#session =
      access.version === 3
        ? driver.createV3Session(host, toDriverUser(access.user), options)
        : driver.createSession(host, access.community, options);
    this.#session.on('error', (error) => this.fail(error));
  }

  get(oids: readonly string[]): Promise<readonly Varbind[]> {
    return this.#ask((session, { resolve, reject }) =>
      session.get(oids, (error, values = []) => (error === null ? resolve(values) : reject(error))),
    );
  }

  walk(oid: string, take: TakeValues): Promise<void> {
    return this.#ask((session, { resolve, reject }) =>
      session.subtree(
        oid,
        ROWS_AT_ONCE,
        (values) => !take(values),
        (error) => (error === null ? resolve() : reject(error)),
      ),
    );
  }

  fail(error: Error): void {
    const session = this.#session;
    this.#session = undefined;
    for (const reject of this.#waiting) reject(error);
    session?.close();
  }

  close(): void {
    this.fail(new SnmpFailure('the session was closed'));
  }

  /** What the package never answers, because an answer made it stumble, is rejected by `fail`. */
  #ask<Result>(
    start: (
      session: DriverSession,
      settle: { resolve: (result: Result) => void; reject: (error: Error) => void },
    ) => void,
  ): Promise<Result> {
    return new Promise<Result>((resolve, rejectWith) => {
      const reject = (error: Error): void => {
        this.#waiting.delete(reject);
        rejectWith(explain(error, this.#settings));
      };
      if (this.#session === undefined) {
        reject(new SnmpFailure('the session was closed'));
        return;
      }
      this.#waiting.add(reject);
      start(this.#session, {
        resolve: (result) => {
          this.#waiting.delete(reject);
          resolve(result);
        },
        reject,
      });
    });
  }
}

function toDriverUser({ name, auth, priv }: User): SnmpUser {
  return {
    name,
    level: priv ? 3 : auth ? 2 : 1,
    ...(auth && { authProtocol: auth.protocol, authKey: auth.key }),
    ...(priv && { privProtocol: priv.protocol, privKey: priv.key }),
  };
}
