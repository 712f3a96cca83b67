import type { Readable } from 'node:stream';
import type { GuestEvents } from './guest.ts';

/** Passes on what a guest prints to one of its streams; resolves when there will be no more. */
export function handOverPrinted(
  stream: Readable,
  origin: 'stdout' | 'stderr',
  events: Pick<GuestEvents, 'onPrinted'>,
): Promise<void> {
  stream.on('data', (chunk: Buffer) => events.onPrinted(origin, chunk));
  return closed(stream);
}

/** Resolves when a stream is closed, for whatever reason: of a guest that died, its end tells more than an error. */
export function closed(stream: Readable): Promise<void> {
  stream.on('error', () => {});
  return new Promise((resolve) => {
    stream.once('close', resolve);
  });
}
