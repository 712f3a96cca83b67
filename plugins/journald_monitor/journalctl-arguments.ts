import { BadMonitorConfiguration } from 'scalyr-otel-bridge';

/** From where the journal is read on. */
export type Start =
  { readonly kind: 'time'; readonly timeMs: number } | { readonly kind: 'cursor'; readonly cursor: string };

export interface JournalQuery {
  /** Empty: the journals of this machine. */
  readonly folder: string;
  /** Names of the fields of the journal that are wanted beside MESSAGE. */
  readonly fields: readonly string[];
  readonly matches: readonly string[];
  readonly start: Start;
}

/**
 * What to call journalctl with. `--follow` alone shows the current boot and the last ten entries, `--merge` and
 * `--no-tail` all that comes after the start, also across a reboot; without `--all` a field of more than 4096 bytes would
 * be left out.
 */
export function journalctlArguments({ folder, fields, matches, start }: JournalQuery): string[] {
  return [
    '--follow',
    '--no-tail',
    '--merge',
    '--all',
    '--output=json',
    `--output-fields=${['MESSAGE', ...fields].join(',')}`,
    ...(folder === '' ? [] : [`--directory=${folder}`]),
    start.kind === 'cursor'
      ? `--after-cursor=${start.cursor}`
      : `--since=@${(start.timeMs / 1000).toFixed(3)}`,
    '--',
    ...matches,
  ];
}

/** Refuses what is no match. Throws BadMonitorConfiguration. */
export function checkMatches(matches: readonly string[]): void {
  const wrong = matches.find(
    (match) => match !== '+' && (!/^[A-Z0-9_]+=/.test(match) || match.includes('\0')),
  );
  if (wrong === undefined) return;
  throw new BadMonitorConfiguration(
    `Cannot use "${wrong}" for field "journal_matches": wanted FIELD=value, as "_SYSTEMD_UNIT=ssh.service", or "+"`,
    'journal_matches',
  );
}

/** Most fields, so that a line has room for all of them. */
const MOST_FIELDS = 32;

/** Reads `journal_fields`: names in the journal, and names in the line. Throws BadMonitorConfiguration. */
export function readFields(given: Readonly<Record<string, unknown>>): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [field, name] of Object.entries(given)) {
    if (!/^[A-Z0-9_]+$/.test(field) || typeof name !== 'string' || name === '') {
      throw new BadMonitorConfiguration(
        `Cannot use "${field}: ${String(name)}" in field "journal_fields": wanted the name of a field of the journal and ` +
          'the one it gets, as "_SYSTEMD_UNIT": "unit"',
        'journal_fields',
      );
    }
    fields.set(field, name);
  }
  if (fields.size <= MOST_FIELDS) return fields;
  throw new BadMonitorConfiguration(
    `Cannot use ${fields.size} fields in field "journal_fields": at most ${MOST_FIELDS}`,
    'journal_fields',
  );
}
