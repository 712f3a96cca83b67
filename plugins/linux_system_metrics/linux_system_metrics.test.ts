import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ConfigObject } from 'scalyr-otel-bridge';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { RecordingContext } from '../../test/unit/monitor/recording-context.ts';
import { FileSystemSizes } from './file-system-sizes.ts';
import { LinuxSystemMetrics } from './linux_system_metrics.ts';
import { interfacePattern, matchesGlob } from './name-patterns.ts';
import type { FileSystemSize, Mount } from './parse-disks.ts';

const SIZE: FileSystemSize = { bsize: 1024, blocks: 4, bfree: 2, bavail: 1, files: 3, ffree: 1 };

function makeMonitor(root: string, config: ConfigObject = {}) {
  const context = new RecordingContext({ module: 'linux_system_metrics', config });
  const monitor = new LinuxSystemMetrics(context);
  monitor.root = root;
  return { monitor, context };
}

describe('linux_system_metrics', () => {
  it('does not run where there is no /proc/stat, and says why', () => {
    const { monitor, context } = makeMonitor(temporaryFolder());
    monitor.initialize();
    expect(monitor.disabled).toBe(true);
    expect(context.diagnostics.map(({ message }) => message)).toEqual([
      'Cannot measure this machine: found no "/proc/stat", which only Linux has',
    ]);
  });

  it('measures what it can when a file cannot be read, and says so once an hour', async () => {
    const root = temporaryFolder();
    mkdirSync(path.join(root, 'proc/meminfo'), { recursive: true });
    writeFileSync(path.join(root, 'proc/stat'), 'ctxt 5\n');
    const { monitor, context } = makeMonitor(root);
    monitor.initialize();
    await monitor.gatherSample();
    await monitor.gatherSample();
    expect(context.lines).toEqual(Array(2).fill(expect.stringContaining(' proc.stat.ctxt 5\n')));
    expect(context.diagnostics.map(({ message }) => message)).toEqual([
      'Cannot read "/proc/meminfo": its metrics are left out; let the collector\'s user read it',
    ]);
  });

  it('refuses a suffix that is no regular expression', () => {
    const { monitor } = makeMonitor('/', { network_interface_suffix: '[0-9' });
    expect(() => monitor.initialize()).toThrow('Cannot use "[0-9" for field "network_interface_suffix"');
  });
});

describe('sizes of file systems', () => {
  const dead: Mount = { device: 'nas:/a', mount: '/dead', fstype: 'nfs4' };
  const deadToo: Mount = { device: 'nas:/b', mount: '/dead-too', fstype: 'nfs4' };
  const remote: Mount = { device: 'nas:/c', mount: '/remote', fstype: 'nfs4' };
  const local: Mount = { device: '/dev/sda1', mount: '/', fstype: 'ext4' };

  /** File systems of which two never answer. */
  function makeSizes() {
    const asked: string[] = [];
    const sizes = new FileSystemSizes();
    sizes.timeoutSecs = 0.001;
    sizes.statfs = (mount) => {
      asked.push(mount);
      return mount.startsWith('/dead') ? new Promise(() => {}) : Promise.resolve(SIZE);
    };
    return { sizes, asked };
  }

  it('are asked for once while there is no answer, those of this machine first', async () => {
    const { sizes, asked } = makeSizes();
    const problems: string[] = [];
    const first = await sizes.read([dead, remote, local], ({ kind, mount }) =>
      problems.push(`${kind} ${mount}`),
    );
    await sizes.read([dead, local], ({ kind, mount }) => problems.push(`${kind} ${mount}`));
    expect([...first.keys()]).toEqual(['/', '/remote']);
    expect(asked).toEqual(['/', '/dead', '/remote', '/']);
    expect(problems).toEqual(['slow /dead', 'slow /dead']);
  });

  it('are not asked for while two questions hang: each holds one of the threads for files', async () => {
    const { sizes, asked } = makeSizes();
    const found = await sizes.read([dead, deadToo, remote], () => {});
    expect([...found.keys()]).toEqual([]);
    expect(asked).toEqual(['/dead', '/dead-too']);
  });
});

describe('patterns of mount points', () => {
  it.each([
    ['/sys/*', '/sys/fs/cgroup', true],
    ['/dev*', '/dev', true],
    ['/dev*', '/mnt/dev', false],
    ['/mnt/disk?', '/mnt/disk1', true],
    ['/mnt/disk?', '/mnt/disk10', false],
    ['/mnt/[ab]', '/mnt/a', true],
    ['/mnt/[!ab]', '/mnt/a', false],
    ['/mnt/[', '/mnt/[', true],
    ['/a.b', '/axb', false],
    ['/a(b)+', '/a(b)+', true],
  ])('%s against %s: %s', (pattern, mount, matches) => {
    expect(matchesGlob(mount, pattern)).toBe(matches);
  });
});

describe('patterns of interfaces', () => {
  it.each([
    ['eth0', true],
    ['ethA', true],
    ['wlan12', true],
    ['eth', false],
    ['eth0.5', false],
    ['xeth0', false],
  ])('take %s: %s', (name, matches) => {
    expect(interfacePattern(['eth', 'wlan'], '[0-9A-Z]+').test(name)).toBe(matches);
  });
});
