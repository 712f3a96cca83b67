import path from 'node:path';
import type { LinuxProcessMetrics } from '../linux_process_metrics.ts';

/** `root` holds a copy of `/proc`, in which the collector is process 100. */
export function setUp(monitor: LinuxProcessMetrics, { folder }: { readonly folder: string }): void {
  monitor.root = path.join(folder, 'root');
  monitor.collectorPid = 100;
}
