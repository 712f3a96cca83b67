const YEAR_0_MS = -62_167_219_200_000;
const YEAR_10000_MS = 253_402_300_800_000;

let formattedSecond = Number.NaN;
let formattedText = '';

/**
 * A time as it starts a metric line: UTC, milliseconds cut off, not rounded. `timeMs` counts from the Unix epoch; outside
 * the years 0 to 9999 it throws a RangeError.
 */
export function formatTimestamp(timeMs: number): string {
  const second = Math.floor(timeMs / 1000);
  if (second !== formattedSecond) {
    formattedText = formatSecond(timeMs, second);
    formattedSecond = second;
  }
  const ms = Math.floor(timeMs) - second * 1000;
  const zeros = ms >= 100 ? '' : ms >= 10 ? '0' : '00';
  return `${formattedText}${zeros}${ms}Z`;
}

function formatSecond(timeMs: number, second: number): string {
  if (!(timeMs >= YEAR_0_MS && timeMs < YEAR_10000_MS)) {
    throw new RangeError(
      `Cannot write the time "${timeMs}": it must be milliseconds since 1970-01-01 UTC, between the years 0 and 9999`,
    );
  }
  const iso = new Date(second * 1000).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}.`;
}
