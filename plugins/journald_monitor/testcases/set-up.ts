import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { DriveInput, SampleInput } from '../../../test/unit/plugins/run-testcase.ts';
import type { JournaldMonitor } from '../journald_monitor.ts';

/** Writes its input, and waits like journalctl for more. */
const FAKE = 'cat "$0/journal.txt"; exec sleep 3600';

/** A journalctl that writes what the real one wrote: the lines in `journal.txt`. */
export function setUp(monitor: JournaldMonitor, { folder }: SampleInput): void {
  monitor.journalctl = ['/bin/sh', '-c', FAKE, folder];
}

/** Waits for the last entry. */
export async function drive(_: JournaldMonitor, { folder, context }: DriveInput): Promise<void> {
  const input = readFileSync(path.join(folder, 'journal.txt'), 'utf8');
  const last = input.match(/"MESSAGE":"[^"]*"/g)?.at(-1)?.replace('"MESSAGE":', ' details ') ?? '';
  await context.until(({ lines }) => lines.at(-1)?.includes(last) === true);
}
