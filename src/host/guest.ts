import type { LineBlock } from '../metric-line/line-block.ts';
import type { HostPlace } from './host-place.ts';

/** A thread or a process with one monitor in it, as {@link GuestHost} handles it: ways in, ways out, ways to end it. */
export interface Guest {
  /** Where it lives. */
  readonly place: HostPlace;
  /** Starts the thread or process. Events come later, never during the call. */
  start(events: GuestEvents): void;
  /** Sends one message (see host-message.ts). */
  send(text: string): void;
  /** Ends a guest that did not stop when asked: with a last warning where there is one, then by force. */
  end(): void;
  /** Ends the guest by force. */
  kill(): void;
  /** As in MonitorHost; throws a TypeError when the guest wrote what is no line. */
  drain(maxBytes: number): LineBlock | undefined;
}

export interface GuestEvents {
  /** Something arrived that should be a message (see guest-message.ts). */
  onMessage(text: unknown): void;
  onReadable(): void;
  onPrinted(origin: 'stdout' | 'stderr', chunk: Buffer): void;
  /** The guest is gone, and everything it sent or printed was handed over. Called once. */
  onDeath(death: GuestDeath): void;
}

/** How a guest ended, as far as can be seen from outside. */
export interface GuestDeath {
  readonly reason: 'out-of-memory' | 'crashed';
  readonly message: string;
  readonly stack?: string;
}
