import { readFileSync } from 'node:fs';

/** One input of the recording, and what the Scalyr agent made of it: Python's repr of the value, or `error`. */
export interface GoldenCase {
  readonly name: string;
  readonly input: string;
  readonly recorded: string;
}

/** The 108 inputs that were given to the real agent's JSON reader, each with its outcome. */
export function goldenDialectCases(): readonly GoldenCase[] {
  const inputs = JSON.parse(read('json_lib_cases.json')) as readonly (readonly [string, string])[];
  const outcomes = read('json_lib.txt')
    .split(/\n(?=[^\n]+ (?:OK |ERR|EXC) |check_duplicate_keys)/)
    .map((line) => / (?:OK {2}([^]*)|ERR [^]*|EXC [^]*)$/.exec(line)?.[1] ?? 'error');
  return inputs.map(([name, input], index) => ({ name, input, recorded: outcomes[index] ?? 'missing' }));
}

function read(file: string): string {
  return readFileSync(new URL(`../../golden/${file}`, import.meta.url), 'utf8').trimEnd();
}
