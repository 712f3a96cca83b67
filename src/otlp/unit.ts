/**
 * Unit names that plugins write, and the UCUM code that OpenTelemetry wants. Compared without regard to case; names that
 * are not in the table go out as they are, because a unit that a reader understands beats none.
 */
const UCUM = new Map(
  Object.entries({
    s: ['s', 'sec', 'secs', 'second', 'seconds'],
    ms: ['ms', 'msec', 'millis', 'millisecond', 'milliseconds'],
    us: ['us', 'usec', 'micros', 'microsecond', 'microseconds'],
    ns: ['ns', 'nsec', 'nanos', 'nanosecond', 'nanoseconds'],
    min: ['min', 'mins', 'minute', 'minutes'],
    h: ['h', 'hr', 'hour', 'hours'],
    d: ['d', 'day', 'days'],
    By: ['by', 'byte', 'bytes'],
    KiBy: ['kib', 'kibibyte', 'kibibytes'],
    MiBy: ['mib', 'mebibyte', 'mebibytes'],
    GiBy: ['gib', 'gibibyte', 'gibibytes'],
    kBy: ['kb', 'kilobyte', 'kilobytes'],
    MBy: ['mb', 'megabyte', 'megabytes'],
    GBy: ['gb', 'gigabyte', 'gigabytes'],
    bit: ['bit', 'bits'],
    '%': ['%', 'percent', 'pct'],
    Hz: ['hz', 'hertz'],
    Cel: ['cel', 'celsius', '°c'],
    'By/s': ['bytes/s', 'bytes/sec', 'bytes/second', 'bytes per second'],
    '1/s': ['1/s', '/s', 'per second'],
  }).flatMap(([ucum, names]) => names.map((name) => [name, ucum] as const)),
);

/** `sec` → `s`, `bytes` → `By`, `widgets` → `widgets`; empty for no unit. */
export function toUcum(unit: string | undefined): string {
  const trimmed = unit?.trim() ?? '';
  return UCUM.get(trimmed.toLowerCase()) ?? trimmed;
}
