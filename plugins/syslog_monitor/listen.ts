import type { Intake } from './intake.ts';
import { listenTcp } from './listen-tcp.ts';
import { listenUdp } from './listen-udp.ts';
import type { Endpoint } from './read-protocols.ts';

/** An endpoint at one address of this machine. */
export interface Address extends Endpoint {
  /** An IPv4 or IPv6 address. */
  readonly host: string;
}

export interface ListenSettings {
  /** Closes the port and all connections when it aborts. */
  readonly signal: AbortSignal;
  readonly delimiter: string;
  readonly maxMessageBytes: number;
  readonly readsLengths: boolean;
  readonly incompleteSecs: number;
  readonly idleSecs: number;
  readonly maxConnections: number;
  readonly udpReceiveBuffer: number;
}

/** A port that is open. */
export interface Listener {
  readonly port: number;
  /** Resolves when the signal has closed it. Rejects when a fault has. */
  readonly closed: Promise<void>;
  /** Counts what the kernel dropped since the last time; of UDP only. */
  countDrops?(): void;
}

/** Opens a port; what comes there goes to the intake. Rejects with an error that has a `code`. */
export function listen(address: Address, settings: ListenSettings, intake: Intake): Promise<Listener> {
  return address.protocol === 'tcp'
    ? listenTcp(address, settings, intake)
    : listenUdp(address, settings, intake);
}

/** The addresses of an endpoint: the loopback ones, or all of the machine. */
export function addressesOf(endpoint: Endpoint, { remote }: { readonly remote: boolean }): Address[] {
  const hosts = remote ? ['0.0.0.0', '::'] : ['127.0.0.1', '::1'];
  return hosts.map((host) => ({ ...endpoint, host }));
}
