import { execFileSync } from 'node:child_process';
import path from 'node:path';

const COMMAND = path.resolve(import.meta.dirname, '../../../dist/src/cli/main.js');

/** The lines of one sample of a monitor, run by the real command in a host of its own. */
export function runMonitor(module: string, config: Readonly<Record<string, unknown>>): string[] {
  const args = [COMMAND, 'run-monitor', module, '-c', JSON.stringify(config), '--samples', '1'];
  return execFileSync(process.execPath, args, { encoding: 'utf8', timeout: 30_000 }).split('\n');
}
