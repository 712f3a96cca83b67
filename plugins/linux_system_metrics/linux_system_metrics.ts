import { ScalyrMonitor } from 'scalyr-otel-bridge';
import { FileSystemSizes } from './file-system-sizes.ts';
import type { SizeProblem } from './file-system-sizes.ts';
import { KernelFiles } from './kernel-files.ts';
import { SYSTEM_METRICS } from './metrics.ts';
import { interfacePattern, matchesGlob } from './name-patterns.ts';
import { ignoreMounts, interfacePrefixes, interfaceSuffix, localDisksOnly } from './options.ts';
import { inodesOf, isRemote, parseDiskstats, parseMounts, spaceOf } from './parse-disks.ts';
import type { Mount } from './parse-disks.ts';
import { parseNetDev, parseNetstat, parseSockstat } from './parse-network.ts';
import { parseNfs } from './parse-nfs.ts';
import {
  parseCpuCount,
  parseEntropy,
  parseLoadavg,
  parseMeminfo,
  parseNumastat,
  parseStat,
  parseUptime,
  parseVmstat,
} from './parse-system.ts';

const HOUR_SECS = 3600;

/** Reads what the Linux kernel counts about the whole machine. */
export class LinuxSystemMetrics extends ScalyrMonitor {
  static override readonly description =
    'Measures the machine: CPU, load, memory, disks, file systems, network interfaces and TCP.';
  static override readonly configOptions = [interfacePrefixes, interfaceSuffix, localDisksOnly, ignoreMounts];
  static override readonly metrics = SYSTEM_METRICS;

  /** Where `proc` and `sys` are. */
  root = '/';
  readonly fileSystems = new FileSystemSizes();
  #interfaces = /^$/;
  #pageSize = 0;

  override initialize(): void {
    this.#interfaces = interfacePattern(this.config.get(interfacePrefixes), this.config.get(interfaceSuffix));
    const files = this.#files();
    this.#pageSize = files.pageSize();
    if (files.read('proc/stat') !== '') return;
    this.disabled = true;
    this.logger.warn('Cannot measure this machine: found no "/proc/stat", which only Linux has');
  }

  override async gatherSample(): Promise<void> {
    const files = this.#files();
    const mounts = parseMounts(files.read('proc/mounts')).filter((mount) => this.#isWanted(mount));
    const sizes = await this.fileSystems.read(mounts, (problem) => this.#reportSize(problem));
    const sized = mounts.flatMap((mount) => {
      const size = sizes.get(mount.mount);
      return size === undefined ? [] : [{ mount, size }];
    });
    this.#emit(sized.flatMap(({ mount, size }) => spaceOf(mount, size)));
    this.#emit(sized.flatMap(({ mount, size }) => inodesOf(mount, size)));
    this.#emit(parseNetDev(files.read('proc/net/dev'), this.#interfaces));
    this.#emitSystem(files);
    this.#emit(parseDiskstats(files.read('proc/diskstats'), new Set(files.list('sys/block'))));
    this.#emit(parseSockstat(files.read('proc/net/sockstat'), this.#pageSize));
    this.#emit(parseNetstat(files.read('proc/net/netstat')));
    this.#emit(parseNfs(files.read('proc/net/rpc/nfs')));
  }

  #emitSystem(files: KernelFiles): void {
    const stat = files.read('proc/stat');
    this.#emit(parseUptime(files.read('proc/uptime')));
    this.#emit(parseMeminfo(files.read('proc/meminfo')));
    this.#emit(parseVmstat(files.read('proc/vmstat')));
    this.#emit(parseStat(stat));
    this.#emit(parseLoadavg(files.read('proc/loadavg')));
    this.#emit(parseEntropy(files.read('proc/sys/kernel/random/entropy_avail')));
    for (const name of files.list('sys/devices/system/node')) {
      const node = /^node(\d+)$/.exec(name)?.[1];
      if (node === undefined) continue;
      this.#emit(parseNumastat(files.read(`sys/devices/system/node/${name}/numastat`), node));
    }
    this.#emit(parseCpuCount(stat));
  }

  /** As texts, which keep the digits of the kernel and the order of the fields. */
  #emit(texts: readonly string[]): void {
    for (const text of texts) this.logger.info(text, { emitToMetricLog: true });
  }

  #isWanted(mount: Mount): boolean {
    if (isRemote(mount) && this.config.get(localDisksOnly)) return false;
    return !this.config.get(ignoreMounts).some((pattern) => matchesGlob(mount.mount, pattern));
  }

  #files(): KernelFiles {
    return new KernelFiles(this.root, (file, error) => {
      this.logger.warn(`Cannot read "/${file}": its metrics are left out; let the collector's user read it`, {
        error,
        limitOncePerSecs: HOUR_SECS,
        limitKey: file,
      });
    });
  }

  #reportSize(problem: SizeProblem): void {
    const { kind, mount } = problem;
    const hint = `is its server down? Name it in "${ignoreMounts.name}" to leave it out`;
    const message =
      kind === 'slow'
        ? `Cannot measure the file system at "${mount}": no answer within ${this.fileSystems.timeoutSecs} s; ${hint}`
        : `Cannot measure the file system at "${mount}": let the collector's user enter it, or name it in ` +
          `"${ignoreMounts.name}"`;
    this.logger.warn(message, {
      ...(kind === 'error' && { error: problem.error }),
      limitOncePerSecs: HOUR_SECS,
      limitKey: `size of ${mount}`,
    });
  }
}
