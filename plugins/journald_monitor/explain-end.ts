import type { JournalctlEnd } from './run-journalctl.ts';

const GRANT =
  'let the user of the collector read it (usermod -a -G systemd-journal USER), and start the collector again';

/** What is said while journalctl runs and shows only a part of the journal. */
export const PARTIAL = `Cannot read the whole journal, only the entries of the collector's own user: ${GRANT}`;

/** Whether a line of stderr says that journalctl may not show everything. */
export function saysPartial(complaint: string): boolean {
  return complaint.includes('not seeing messages from other users');
}

/** Whether journalctl did not understand where to begin. */
export function refusesCursor(complaints: readonly string[]): boolean {
  return complaints.some((line) => /cursor/i.test(line));
}

/** Why the journal cannot be followed, and what to do about it. */
export function explainEnd({ error, status }: JournalctlEnd, complaints: readonly string[]): string {
  if (error?.code === 'ENOENT') return 'there is no journalctl in the PATH of the collector: install systemd';
  if (error !== undefined) return `journalctl cannot be started: ${error.message}`;
  const said = complaints.filter((line) => line !== '').join(' ');
  const ended = `journalctl ended with ${typeof status === 'number' ? `exit code ${status}` : status}`;
  return said === '' ? ended : `${ended}: ${said}${adviceFor(said)}`;
}

function adviceFor(said: string): string {
  if (/permission/i.test(said)) return `; ${GRANT}`;
  if (/No such file or directory/i.test(said)) return '; correct journal_path';
  if (/add match/i.test(said)) return '; correct journal_matches';
  return '';
}
