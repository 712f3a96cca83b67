/** Length of `2014-07-29 20:22:06.789Z`. */
export const TIMESTAMP_LENGTH = 24;

let parsedDay = -1;
let parsedDayMs = 0;

/** The time at the start of `line` in milliseconds since the Unix epoch; undefined when none stands there. */
export function parseTimestamp(line: string): number | undefined {
  if (!hasSeparators(line)) return undefined;
  const date = digits(line, 0, 4) * 10_000 + digits(line, 5, 7) * 100 + digits(line, 8, 10);
  const hours = digits(line, 11, 13);
  const minutes = digits(line, 14, 16);
  const seconds = digits(line, 17, 19);
  const ms = digits(line, 20, 23);
  if (!(hours < 24 && minutes < 60 && seconds < 60 && ms >= 0)) return undefined;
  if (date !== parsedDay) {
    const dayMs = startOfDay(date);
    if (dayMs === undefined) return undefined;
    parsedDayMs = dayMs;
    parsedDay = date;
  }
  return parsedDayMs + ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms;
}

function hasSeparators(line: string): boolean {
  return (
    line.charCodeAt(4) === 45 &&
    line.charCodeAt(7) === 45 &&
    line.charCodeAt(10) === 32 &&
    line.charCodeAt(13) === 58 &&
    line.charCodeAt(16) === 58 &&
    line.charCodeAt(19) === 46 &&
    line.charCodeAt(23) === 90
  );
}

/** NaN, which fails every comparison, when one of the characters is no digit. */
function digits(line: string, from: number, to: number): number {
  let number = 0;
  for (let i = from; i < to; i++) {
    const digit = line.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

/** `yyyymmdd` as milliseconds; undefined for NaN and for a day that no month has. */
function startOfDay(date: number): number | undefined {
  const text = `${date}`.padStart(8, '0');
  const ms = Date.parse(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}T00:00:00.000Z`);
  return Number.isNaN(ms) || new Date(ms).getUTCDate() !== date % 100 ? undefined : ms;
}
