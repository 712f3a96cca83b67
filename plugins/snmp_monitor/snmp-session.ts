import { openConnectedSocket } from './connected-socket.ts';
import type { DeviceSettings } from './device-settings.ts';
import type {
  DriverSession,
  SessionOptions,
  SessionSocket,
  SnmpDriver,
  SnmpUser,
  Varbind,
} from './driver.ts';
import { isBehind } from './oid-order.ts';
import { isNothing } from './read-value.ts';
import { explain, SnmpFailure, SnmpRefusal } from './snmp-failure.ts';
import type { User } from './user.ts';

/** Values of a walk, as they come; `false` when no more are wanted. */
export type TakeValues = (values: readonly Varbind[]) => boolean;

/** A conversation with one device. What fails rejects with SnmpFailure or SnmpRefusal. */
export interface SnmpSession {
  readonly isOpen: boolean;
  /** One value for each OID, in their order. */
  get(oids: readonly string[]): Promise<readonly Varbind[]>;
  /** All values below an OID, in the order of their numbers; rejects when the device does not keep it. */
  walk(oid: string, take: TakeValues): Promise<void>;
  /** What is under way rejects. */
  close(): void;
}

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

/** Values asked for at once in a walk; with some devices more would not fit into a datagram. */
const VALUES_AT_ONCE = 20;

interface Settle<Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
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
    const { access, host } = this.#settings;
    const options = toDriverOptions(this.#settings, socket);
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

  async walk(oid: string, take: TakeValues): Promise<void> {
    const walk = new OrderedWalk(oid, take);
    await this.#ask<void>((session, { resolve, reject }) =>
      session.subtree(
        oid,
        VALUES_AT_ONCE,
        (values) => !walk.take(values),
        (error) => (error === null ? resolve() : reject(error)),
      ),
    );
    if (!walk.isInOrder) throw new SnmpRefusal('values in no order');
  }

  close(): void {
    this.fail(new SnmpFailure('the session was closed'));
  }

  /** Ends the session. What the package will never answer, because an answer made it stumble, rejects too. */
  fail(error: Error): void {
    const session = this.#session;
    this.#session = undefined;
    for (const reject of this.#waiting) reject(error);
    session?.close();
  }

  #ask<Result>(start: (session: DriverSession, settle: Settle<Result>) => void): Promise<Result> {
    return new Promise<Result>((resolveWith, rejectWith) => {
      const reject = (error: Error): void => {
        this.#waiting.delete(reject);
        rejectWith(explain(error, this.#settings));
      };
      const resolve = (result: Result): void => {
        this.#waiting.delete(reject);
        resolveWith(result);
      };
      if (this.#session === undefined) {
        reject(new SnmpFailure('the session was closed'));
        return;
      }
      this.#waiting.add(reject);
      start(this.#session, { resolve, reject });
    });
  }
}

/** Hands on what comes of a walk as long as it goes forward: a device may send the same values for ever. */
class OrderedWalk {
  isInOrder = true;
  readonly #take: TakeValues;
  #last: string;

  constructor(oid: string, take: TakeValues) {
    this.#last = oid;
    this.#take = take;
  }

  /** False when the walk is over. */
  take(values: readonly Varbind[]): boolean {
    const end = values.findIndex((value) => isNothing(value) || !this.#goesOn(value));
    const isWanted = this.#take(end < 0 ? values : values.slice(0, end));
    return isWanted && end < 0;
  }

  #goesOn({ oid }: Varbind): boolean {
    this.isInOrder = isBehind(oid, this.#last);
    this.#last = oid;
    return this.isInOrder;
  }
}

function toDriverOptions(settings: DeviceSettings, socket: SessionSocket): SessionOptions {
  const { access, port, timeoutSecs, retries } = settings;
  return {
    version: access.version === 3 ? 3 : access.version === 2 ? 1 : 0,
    port,
    timeout: Math.ceil(timeoutSecs * 1000),
    retries,
    reportOidMismatchErrors: true,
    dgramModule: { createSocket: () => socket },
  };
}

function toDriverUser({ name, auth, priv }: User): SnmpUser {
  return {
    name,
    level: priv ? 3 : auth ? 2 : 1,
    ...(auth && { authProtocol: auth.protocol, authKey: auth.key }),
    ...(priv && { privProtocol: priv.protocol, privKey: priv.key }),
  };
}
