import { metricText } from './metric-text.ts';

const DISK_COUNTERS = [
  'read_requests',
  'read_merged',
  'read_sectors',
  'msec_read',
  'write_requests',
  'write_merged',
  'write_sectors',
  'msec_write',
  'ios_in_progress',
  'msec_total',
  'msec_weighted_total',
];

/**
 * `/proc/diskstats`: `iostat.disk.…` for each of `disks`, `iostat.part.…` for any other device. Devices that stand for a
 * file or for memory (loop, ram), and those that never did anything, have no metrics.
 */
export function parseDiskstats(text: string, disks: ReadonlySet<string>): string[] {
  return text.split('\n').flatMap((line) => {
    const [, , dev, ...counters] = line.trim().split(/\s+/);
    if (dev === undefined || /^(loop|ram)\d/.test(dev)) return [];
    if (counters.every((value) => value === '0')) return [];
    const kind = disks.size === 0 || disks.has(dev) ? 'disk' : 'part';
    return DISK_COUNTERS.flatMap((name, index) =>
      metricText(`iostat.${kind}.${name}`, counters[index], { dev }),
    );
  });
}

/** A place where a file system is mounted. */
export interface Mount {
  readonly device: string;
  readonly mount: string;
  readonly fstype: string;
}

/** File systems that hold no files of anybody: there is no room in them to measure. */
const KERNEL_TYPES = new Set(
  (
    'autofs binfmt_misc bpf cgroup cgroup2 configfs debugfs devpts efivarfs fusectl hugetlbfs mqueue nsfs proc pstore ' +
    'rpc_pipefs securityfs selinuxfs sysfs tracefs'
  ).split(' '),
);

const REMOTE_TYPES =
  /^(nfs\d?|cifs|smb\d?|smbfs|ncpfs|afs|9p|ceph|glusterfs|lustre|beegfs|gpfs|davfs|fuse\.(sshfs|s3fs|glusterfs|ceph|davfs2?|gcsfuse|rclone|cephfs|juicefs))$/;

/** Whether the file system is on another machine: asking it for its size may then take for ever. */
export function isRemote({ fstype }: Mount): boolean {
  return REMOTE_TYPES.test(fstype);
}

/**
 * `/proc/mounts`, in its order: of two file systems mounted at one place the upper one, of a device mounted in several
 * places the first.
 */
export function parseMounts(text: string): Mount[] {
  const byPlace = new Map<string, Mount>();
  for (const line of text.split('\n')) {
    const [device, mount, fstype] = line.split(' ').map(unescapeMount);
    if (device === undefined || mount === undefined || fstype === undefined) continue;
    if (!KERNEL_TYPES.has(fstype)) byPlace.set(mount, { device, mount, fstype });
  }
  const devices = new Set<string>();
  return [...byPlace.values()].filter(({ device }) => {
    const isKnown = device.startsWith('/') && devices.has(device);
    devices.add(device);
    return !isKnown;
  });
}

/** The kernel writes blanks, line breaks and backslashes in names as three octal digits. */
function unescapeMount(text: string): string {
  if (!text.includes('\\')) return text;
  const bytes = Buffer.from(text, 'utf8').toString('latin1');
  const unescaped = bytes.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
  return Buffer.from(unescaped, 'latin1').toString('utf8');
}

/** What statfs says of a file system; sizes in blocks. */
export interface FileSystemSize {
  readonly bsize: number;
  readonly blocks: number;
  readonly bfree: number;
  readonly bavail: number;
  readonly files: number;
  readonly ffree: number;
}

/** Room in KiB: `used` counts what only root may still use as not used, `free` as not free. */
export function spaceOf({ mount, fstype }: Mount, size: FileSystemSize): string[] {
  if (size.blocks === 0) return [];
  const fields = { mount, fstype };
  const kib = (blocks: number): bigint => (BigInt(blocks) * BigInt(size.bsize)) / 1024n;
  return [
    ...metricText('df.1kblocks.total', kib(size.blocks), fields),
    ...metricText('df.1kblocks.used', kib(size.blocks - size.bfree), fields),
    ...metricText('df.1kblocks.free', kib(size.bavail), fields),
  ];
}

/** Inodes; none where the file system makes them as it needs them. */
export function inodesOf({ mount, fstype }: Mount, size: FileSystemSize): string[] {
  if (size.blocks === 0 || size.files === 0) return [];
  const fields = { mount, fstype };
  return [
    ...metricText('df.inodes.total', size.files, fields),
    ...metricText('df.inodes.used', size.files - size.ffree, fields),
    ...metricText('df.inodes.free', size.ffree, fields),
  ];
}
