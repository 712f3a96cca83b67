import type { LineBlock } from '../../metric-line/line-block.ts';
import { FrameReader } from '../frame-reader.ts';
import type { Guest, GuestEvents } from '../guest.ts';
import type { HostPlace } from '../host-place.ts';
import type { Seat, Tenant } from './plugin-thread.ts';
import { createRing } from './ring-layout.ts';
import { RingReader } from './ring-reader.ts';

export interface ThreadGuestOptions {
  /** Name of the monitor instance, `module(id)`. */
  readonly monitor: string;
  /** Moves the monitor into a thread. */
  readonly join: (tenant: Tenant) => Seat;
  /** Size of the ring that lines leave through; a power of two. */
  readonly ringBytes?: number;
}

/** A guest in a worker thread. Lines leave it through shared memory, everything else through the thread's port. */
export class ThreadGuest implements Guest {
  readonly #options: ThreadGuestOptions;
  readonly #memory: SharedArrayBuffer;
  readonly #ring: RingReader;
  readonly #lines: FrameReader;
  #seat: Seat | undefined;

  constructor(options: ThreadGuestOptions) {
    this.#options = options;
    this.#memory = createRing(options.ringBytes);
    this.#ring = new RingReader(this.#memory);
    this.#lines = new FrameReader(options.monitor, (maxBytes) => this.#ring.take(maxBytes));
  }

  get place(): HostPlace {
    return this.#seat?.place ?? { kind: 'thread' };
  }

  start(events: GuestEvents): void {
    const { monitor, join } = this.#options;
    this.#seat = join({
      monitor,
      ring: this.#memory,
      events: {
        onMessage: (text) => events.onMessage(text),
        onReadable: () => events.onReadable(),
        onPrinted: (origin, chunk) => events.onPrinted(origin, chunk),
        onDeath: (death) => {
          if (this.#ring.hasBytes) events.onReadable();
          events.onDeath(death);
        },
      },
    });
  }

  send(text: string): void {
    this.#seat?.send(text);
  }

  end(): void {
    this.kill();
  }

  kill(): void {
    this.#ring.close();
    this.#seat?.evict();
  }

  drain(maxBytes: number): LineBlock | undefined {
    return this.#lines.drain(maxBytes);
  }
}
