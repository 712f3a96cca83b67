/*
 * The shared memory through which a worker thread gives its lines to the main thread: one writer, one reader.
 *
 *      0       4       8       12       16                                                       16 + capacity
 *     ┌───────┬───────┬───────┬────────┬───────────────────────────────────────────────────────┐
 *     │ head  │ tail  │ turn  │ flags  │ frames (see line-frame.ts), going round               │
 *     └───────┴───────┴───────┴────────┴───────────────────────────────────────────────────────┘
 *                                          tail % capacity ──► published ──► head % capacity
 *
 * `head`   bytes ever published, modulo 2^32. Only the writer moves it, after the bytes before it are in place.
 * `tail`   bytes ever taken, modulo 2^32. Only the reader moves it, after it has copied the bytes before it.
 * `turn`   goes up with every move of the tail and with closing; a writer without room sleeps on it.
 * `flags`  bit 0, AWAKE: the reader knows that there is something to take. bit 1, CLOSED: nobody reads any more.
 *
 * What always holds:
 *  - 0 <= head - tail <= capacity. The bytes between them belong to the reader, all others to the writer.
 *  - The capacity is a power of two, so that counting modulo 2^32 and taking the remainder agree.
 *  - A frame of at most half the capacity is published as a whole, a longer one in pieces. So a writer that dies leaves
 *    at most one unfinished frame, at the end.
 *  - No wake-up is lost: the writer publishes and then looks at AWAKE; the reader clears AWAKE and then looks at the
 *    head. Atomic operations have one order for all threads, so at least one of the two sees what the other did. A
 *    sleeping writer read `turn` before it looked at tail and CLOSED, so it does not sleep through a change of either.
 */

export const HEAD = 0;
export const TAIL = 1;
export const TURN = 2;
export const FLAGS = 3;

export const AWAKE = 1;
export const CLOSED = 2;

const HEADER_BYTES = 16;
const DEFAULT_CAPACITY_BYTES = 256 * 1024;

/** Makes the memory of a ring. Throws a RangeError unless `capacityBytes` is a power of two from 16 to 2^30. */
export function createRing(capacityBytes: number = DEFAULT_CAPACITY_BYTES): SharedArrayBuffer {
  const isPowerOfTwo = Number.isInteger(Math.log2(capacityBytes));
  if (!isPowerOfTwo || capacityBytes < 16 || capacityBytes > 2 ** 30) {
    throw new RangeError(
      `Cannot make a ring of ${capacityBytes} bytes: wanted a power of two from 16 to 2^30`,
    );
  }
  return new SharedArrayBuffer(HEADER_BYTES + capacityBytes);
}

/** The two parts of a ring's memory. */
export interface RingViews {
  readonly control: Int32Array;
  readonly bytes: Buffer;
}

export function viewRing(memory: SharedArrayBuffer): RingViews {
  return {
    control: new Int32Array(memory, 0, HEADER_BYTES / Int32Array.BYTES_PER_ELEMENT),
    bytes: Buffer.from(memory, HEADER_BYTES),
  };
}
