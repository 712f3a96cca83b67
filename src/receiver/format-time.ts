const NANOS_PER_SECOND = 1_000_000_000n;

/** Last millisecond that JavaScript can write as a date. */
const MAX_DATE_SECONDS = 8_640_000_000_000n;

/** `2014-07-29 20:22:06.789Z`, as in a metric line; with nine digits where the time is finer than a millisecond. */
export function formatTime(unixNano: bigint): string {
  const seconds = unixNano / NANOS_PER_SECOND;
  if (seconds > MAX_DATE_SECONDS) return `${unixNano}ns`;
  const nanos = String(unixNano % NANOS_PER_SECOND).padStart(9, '0');
  const fraction = nanos.endsWith('000000') ? nanos.slice(0, 3) : nanos;
  const [date, time] = new Date(Number(seconds) * 1000).toISOString().split('T');
  return `${date} ${time?.slice(0, 8)}.${fraction}Z`;
}
