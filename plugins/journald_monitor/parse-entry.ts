/** An entry of the journal. */
export interface JournalEntry {
  /** Where it stands in the journal. */
  readonly cursor: string;
  /** When the journal received it, in milliseconds since the Unix epoch. */
  readonly timeMs: number;
  /** Its MESSAGE; empty when it has none. */
  readonly message: string;
  /** The fields that were asked for, under the names they get in the line. */
  readonly fields: Readonly<Record<string, string>>;
}

/** The end of the year 9999: a line has no room for later times. */
const TOO_LATE_MS = 253_402_300_800_000;

/**
 * Reads an entry as journalctl writes it with `--output=json`. `names` says which fields are wanted, and how they are called
 * in the line. Undefined when it is no such entry.
 */
export function parseEntry(line: string, names: ReadonlyMap<string, string>): JournalEntry | undefined {
  const entry = parseObject(line);
  const cursor = textOf(entry?.['__CURSOR']);
  const timeMs = Math.floor(Number(textOf(entry?.['__REALTIME_TIMESTAMP'])) / 1000);
  if (entry === undefined || !cursor || !(timeMs > 0 && timeMs < TOO_LATE_MS)) return undefined;
  const fields: Record<string, string> = {};
  for (const [field, name] of names) {
    const text = textOf(entry[field]);
    if (text !== undefined) fields[name] = text;
  }
  return { cursor, timeMs, message: textOf(entry['MESSAGE']) ?? '', fields };
}

/** Values in a list, and bytes in each of them: what is deeper is not from journalctl, and may be too deep to follow. */
const DEEPEST_LIST = 2;

/**
 * A value as text. journalctl writes bytes that are no printable UTF-8 as a list of numbers, and a field that stands in the
 * entry several times as a list of its values.
 */
function textOf(value: unknown, depth = 1): string | undefined {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value) || depth > DEEPEST_LIST) return undefined;
  if (value.every((byte): byte is number => typeof byte === 'number')) return Buffer.from(value).toString();
  return value
    .map((member) => textOf(member, depth + 1))
    .filter((text) => text !== undefined)
    .join('\n');
}

function parseObject(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
