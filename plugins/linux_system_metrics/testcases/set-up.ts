import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { LinuxSystemMetrics } from '../linux_system_metrics.ts';
import type { FileSystemSize } from '../parse-disks.ts';

/** `root` holds files of `/proc` and `/sys`, `file-systems.json` what statfs says of each mount point. */
export function setUp(monitor: LinuxSystemMetrics, { folder }: { readonly folder: string }): void {
  const text = readFileSync(path.join(folder, 'file-systems.json'), 'utf8');
  const sizes: Readonly<Record<string, FileSystemSize>> = JSON.parse(text);
  monitor.root = path.join(folder, 'root');
  monitor.fileSystems.statfs = (mount) => {
    const size = sizes[mount];
    return size === undefined ? Promise.reject(new Error('permission denied')) : Promise.resolve(size);
  };
}
