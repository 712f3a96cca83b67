import { readFileSync } from 'node:fs';

/** The names that the Scalyr agent gave the monitors of a recorded configuration, in order. */
export function goldenMonitorNames(recorded: string): readonly string[] {
  const lines = readFileSync(new URL('../../golden/config_ids.txt', import.meta.url), 'utf8').split('\n');
  const line = lines.find((candidate) => candidate.startsWith(`${recorded} -> `));
  if (line === undefined) throw new Error(`there is no recording called ${recorded}`);
  return [...line.matchAll(/\('([^']*)', '/g)].map(([, name]) => name ?? '');
}
