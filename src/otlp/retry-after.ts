/** Longest wait that a backend can ask for. A wrong clock there must not silence us for a day. */
export const MAX_RETRY_AFTER_MS = 300_000;

/**
 * The wait that a `Retry-After` header asks for, in milliseconds: whole seconds or an HTTP date (RFC 9110, section
 * 10.2.3), at most {@link MAX_RETRY_AFTER_MS}; undefined when there is none that can be understood.
 */
export function parseRetryAfter(header: string | undefined, nowMs: number): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  const waitMs = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  if (Number.isNaN(waitMs)) return undefined;
  return Math.min(Math.max(0, waitMs), MAX_RETRY_AFTER_MS);
}
