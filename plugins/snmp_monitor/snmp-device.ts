import type { MonitorLogger } from 'scalyr-otel-bridge';
import type { Varbind } from './driver.ts';
import type { ObjectNames, PolledObject } from './object-names.ts';
import { readValue } from './read-value.ts';
import { SnmpFailure, SnmpRefusal } from './snmp-failure.ts';
import type { SnmpSession } from './snmp-session.ts';

/** How one device is polled. */
export interface SnmpDeviceSetup {
  /** As in the field `poll_target`. */
  readonly name: string;
  readonly objects: readonly PolledObject[];
  readonly names: ObjectNames;
  readonly connect: () => Promise<SnmpSession>;
  readonly logger: MonitorLogger;
  /** Most values that are read below one object. */
  readonly walkLimit: number;
  readonly errorIntervalSecs: number;
}

/** Values asked for in one request. */
const VALUES_AT_ONCE = 20;
/** Names in a message. */
const NAMES_SHOWN = 10;

/** A device with its session, which is made anew when it failed, and what was learnt about what it has. */
export class SnmpDevice {
  readonly #setup: SnmpDeviceSetup;
  /** Objects that are no value but have some below them. */
  readonly #subtrees = new Set<PolledObject>();
  #session: SnmpSession | undefined;
  #malformed = 0;

  constructor(setup: SnmpDeviceSetup) {
    this.#setup = setup;
  }

  get name(): string {
    return this.#setup.name;
  }

  /**
   * Emits all values of the device. Rejects with SnmpFailure when it cannot be asked, and with the reason of `deadline`
   * when that aborts before.
   */
  async poll(deadline: AbortSignal): Promise<void> {
    deadline.throwIfAborted();
    try {
      await unlessAborted(this.#pollAll(deadline), deadline);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  close(): void {
    this.#session?.close();
    this.#session = undefined;
  }

  async #pollAll(deadline: AbortSignal): Promise<void> {
    const session = await this.#connect(deadline);
    const missing: string[] = [];
    const malformedBefore = this.#malformed;
    const subtrees = [...this.#subtrees];
    const single = this.#setup.objects.filter((object) => !this.#subtrees.has(object));
    for (let at = 0; at < single.length; at += VALUES_AT_ONCE) {
      const absent = await this.#get(session, single.slice(at, at + VALUES_AT_ONCE));
      for (const object of absent) if (!(await this.#walk(session, object))) missing.push(object.given);
    }
    for (const object of subtrees) if (!(await this.#walk(session, object))) missing.push(object.given);
    this.#complainOfMissing(missing);
    if (this.#malformed > malformedBefore) this.#complainOfMalformed();
  }

  async #connect(deadline: AbortSignal): Promise<SnmpSession> {
    if (this.#session?.isOpen === true) return this.#session;
    const session = await this.#setup.connect();
    if (deadline.aborted) {
      session.close();
      throw new SnmpFailure('the session was closed');
    }
    this.#session = session;
    return session;
  }

  /** Emits the objects that are a value, and gives the others. */
  async #get(session: SnmpSession, objects: readonly PolledObject[]): Promise<PolledObject[]> {
    try {
      const values = await session.get(objects.map(({ oid }) => oid));
      return objects.filter((object, index) => !this.#take(object, values[index]));
    } catch (error) {
      if (!(error instanceof SnmpRefusal)) throw error;
      return this.#getApart(session, objects, error);
    }
  }

  /** One object that is refused spoils a whole request in SNMPv1, and too many are too big for some devices. */
  async #getApart(
    session: SnmpSession,
    objects: readonly PolledObject[],
    refusal: SnmpRefusal,
  ): Promise<PolledObject[]> {
    if (objects.length > 1) {
      const half = Math.ceil(objects.length / 2);
      const first = await this.#get(session, objects.slice(0, half));
      return [...first, ...(await this.#get(session, objects.slice(half)))];
    }
    if (refusal.status === 'NoSuchName') return [...objects];
    this.#complainOfRefusal(objects[0]?.given ?? '', refusal);
    return [];
  }

  /** Emits what is below an object; false when there is nothing. */
  async #walk(session: SnmpSession, object: PolledObject): Promise<boolean> {
    const { walkLimit } = this.#setup;
    let seen = 0;
    try {
      await session.walk(object.oid, (values) => {
        for (const value of values.slice(0, walkLimit - seen)) this.#take(object, value);
        seen += values.length;
        return seen <= walkLimit;
      });
    } catch (error) {
      if (!(error instanceof SnmpRefusal)) throw error;
      this.#complainOfRefusal(object.given, error);
      return true;
    }
    if (seen > walkLimit) this.#complainOfLimit(object.given);
    if (seen === 0) this.#subtrees.delete(object);
    else this.#subtrees.add(object);
    return seen > 0;
  }

  /** Emits a value; false when there is none. */
  #take(object: PolledObject, varbind: Varbind | undefined): boolean {
    if (varbind === undefined) return false;
    const answer = readValue(varbind);
    if (answer.kind === 'malformed') this.#malformed++;
    if (answer.kind !== 'value') return answer.kind === 'malformed';
    const { metric, ...fields } = this.#setup.names.nameOf(object, varbind.oid);
    this.#setup.logger.emitValue(metric, answer.value, { ...fields, poll_target: this.name });
    return true;
  }

  #complainOfMissing(missing: readonly string[]): void {
    if (missing.length === 0) return;
    const shown = missing.slice(0, NAMES_SHOWN).map((given) => `"${given}"`);
    if (missing.length > NAMES_SHOWN) shown.push(`${missing.length - NAMES_SHOWN} more`);
    this.#warn(
      'missing',
      `has no value for ${shown.join(', ')}; correct oid_groups, or let this user read them`,
    );
  }

  #complainOfMalformed(): void {
    this.#warn(
      'malformed',
      `sends values that are not what their type says, and they are left out: ${this.#malformed} since the start`,
    );
  }

  #complainOfRefusal(given: string, { message }: SnmpRefusal): void {
    this.#warn(`refused ${given}`, `does not give "${given}": ${message}`);
  }

  #complainOfLimit(given: string): void {
    const { walkLimit } = this.#setup;
    this.#warn(
      `limit ${given}`,
      `has more than ${walkLimit} values below "${given}", and the others are left out; poll a part of it, or raise ` +
        'walk_limit',
    );
  }

  #warn(what: string, message: string): void {
    this.#setup.logger.warn(`The device "${this.name}" ${message}`, {
      limitOncePerSecs: this.#setup.errorIntervalSecs,
      limitKey: `${what} ${this.name}`,
    });
  }
}

/** What `work` gives, unless the signal aborts before. */
function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
