/** Seconds and nanoseconds, as the SDK has it. */
export type HrTime = [number, number];

/** Latest time that fits into OTLP's nanoseconds for readers with signed integers: 2262-04-11. */
const MAX_MS = Math.floor(2 ** 63 / 1e6) - 1000;

/**
 * A time in milliseconds since the epoch, as the serializers want it. Throws a RangeError for a time before 1970 or
 * after 2262, which OTLP cannot express: it would silently become another time.
 */
export function toHrTime(timeMs: number): HrTime {
  if (!(timeMs >= 0 && timeMs <= MAX_MS)) {
    throw new RangeError(`time ${timeMs} ms cannot be expressed in OTLP: wanted one from 1970 to 2262`);
  }
  const seconds = Math.floor(timeMs / 1000);
  return [seconds, (timeMs - seconds * 1000) * 1_000_000];
}
