import { asFields, asNumber, asString } from '../json-fields.ts';

/*
 * What a thread with monitors in it and the main thread tell each other. The monitors of a thread are its members, each
 * with a number of its own; what they say to their hosts travels inside, as text.
 */

/** A thread ends with this code when what is in it needs more memory than one monitor may have. */
export const OUT_OF_MEMORY_EXIT_CODE = 70;

/** From the main thread. */
export type ToThread =
  /** A monitor moves in; its lines leave through `ring`. */
  | { readonly kind: 'join'; readonly member: number; readonly ring: SharedArrayBuffer }
  /** See host-message.ts. */
  | { readonly kind: 'message'; readonly member: number; readonly text: string }
  /** A monitor is not waited for any longer; the thread has to say that it left. */
  | { readonly kind: 'evict'; readonly member: number }
  /** Nobody is left: the thread ends. */
  | { readonly kind: 'end' };

/** To the main thread. */
export type FromThread =
  /** Lines wait in the ring. */
  | { readonly kind: 'readable'; readonly member: number }
  /** See guest-message.ts. */
  | { readonly kind: 'message'; readonly member: number; readonly text: string }
  /** The monitor has ended, by itself or because it was evicted; nothing comes from it any more. */
  | { readonly kind: 'left'; readonly member: number; readonly wasEvicted: boolean };

/** Reads what the main thread sent; undefined when it is none of its messages. */
export function parseToThread(message: unknown): ToThread | undefined {
  const fields = asFields(message);
  if (fields?.['kind'] === 'end') return { kind: 'end' };
  const member = asNumber(fields?.['member']);
  if (fields === undefined || member === undefined) return undefined;
  const { kind, ring, text } = fields;
  if (kind === 'join' && ring instanceof SharedArrayBuffer) return { kind, member, ring };
  if (kind === 'message' && typeof text === 'string') return { kind, member, text };
  return kind === 'evict' ? { kind, member } : undefined;
}

/** Reads what a thread sent; undefined when it is none of its messages: every program in it can send what it likes. */
export function parseFromThread(message: unknown): FromThread | undefined {
  const fields = asFields(message);
  const member = asNumber(fields?.['member']);
  if (fields === undefined || member === undefined) return undefined;
  const { kind } = fields;
  if (kind === 'readable') return { kind, member };
  if (kind === 'left') return { kind, member, wasEvicted: fields['wasEvicted'] === true };
  const text = asString(fields['text']);
  return kind === 'message' && text !== undefined ? { kind, member, text } : undefined;
}
