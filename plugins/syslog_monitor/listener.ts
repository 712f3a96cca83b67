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
