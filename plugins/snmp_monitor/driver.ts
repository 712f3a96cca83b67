import type { Socket } from 'node:dgram';
import { loadPackage } from 'scalyr-otel-bridge';

/** A value as the package `net-snmp` gives it: its OID, the tag of its type, and what was decoded. */
export interface Varbind {
  readonly oid: string;
  readonly type: number;
  readonly value: unknown;
}

/** A user of SNMPv3, in the numbers of the package. */
export interface SnmpUser {
  readonly name: string;
  /** 1: neither signed nor encrypted, 2: signed, 3: both. */
  readonly level: number;
  readonly authProtocol?: number;
  readonly authKey?: string;
  readonly privProtocol?: number;
  readonly privKey?: string;
}

/** A part of the options of a session. */
export interface SessionOptions {
  /** 0: SNMPv1, 1: SNMPv2c, 3: SNMPv3. */
  readonly version: 0 | 1 | 3;
  readonly port: number;
  readonly timeout: number;
  readonly retries: number;
  readonly reportOidMismatchErrors: true;
  readonly dgramModule: { createSocket(): SessionSocket };
}

/** What a session uses of a socket. */
export type SessionSocket = Pick<Socket, 'ref' | 'unref' | 'close'> & {
  on(event: string, listener: (...args: unknown[]) => void): unknown;
  send(...args: SendArguments): void;
};

export type SendArguments = [
  bytes: Buffer,
  offset: number,
  length: number,
  port: number,
  address: string,
  done: (error: Error | null) => void,
];

/** What the monitor uses of a session. */
export interface DriverSession {
  get(oids: readonly string[], done: (error: Error | null, varbinds?: readonly Varbind[]) => void): unknown;
  subtree(
    oid: string,
    maxRepetitions: number,
    feed: (varbinds: readonly Varbind[]) => boolean,
    done: (error: Error | null) => void,
  ): unknown;
  close(): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** What the monitor uses of the package `net-snmp`. */
export interface SnmpDriver {
  createSession(target: string, community: string, options: SessionOptions): DriverSession;
  createV3Session(target: string, user: SnmpUser, options: SessionOptions): DriverSession;
}

/** Loads the package `net-snmp`. Throws BadMonitorConfiguration when it is not installed. */
export function loadSnmpDriver(): SnmpDriver {
  const driver = loadPackage('net-snmp', import.meta.url);
  if (isDriver(driver)) return driver;
  throw new Error(
    'Cannot use the package "net-snmp": it has no "createV3Session"; install version 3 with "npm install net-snmp@3"',
  );
}

function isDriver(value: unknown): value is SnmpDriver {
  return (
    typeof value === 'object' && value !== null && 'createSession' in value && 'createV3Session' in value
  );
}
