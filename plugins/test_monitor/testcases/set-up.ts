import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { TestMonitor } from '../test_monitor.ts';

/** The numbers of a sample stand in `throws.txt`. */
export function setUp(monitor: TestMonitor, { folder }: { readonly folder: string }): void {
  const throws = readFileSync(path.join(folder, 'throws.txt'), 'utf8').trim().split(/\s+/).map(Number);
  monitor.random = () => throws.shift() ?? Number.NaN;
}
