import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmdirSync, rmSync, writeSync, openSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

const SIZE = '4m';
const CHUNK = Buffer.alloc(65_536, 'x');

/** A folder that is a disk of 4 MiB, until the test is over. */
export class SmallDisk {
  readonly #filler: string;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    mount(folder);
    onTestFinished(() => unmount(folder));
    this.#filler = path.join(folder, 'filler');
  }

  /** Leaves no byte free. */
  fill(): void {
    const file = openSync(this.#filler, 'a');
    let size = CHUNK.length;
    while (size > 0) {
      try {
        writeSync(file, CHUNK, 0, size);
      } catch {
        size = Math.floor(size / 2);
      }
    }
    closeSync(file);
  }

  /** Takes back what {@link fill} wrote. */
  free(): void {
    rmSync(this.#filler);
  }
}

/** Why this machine gives us no small disk; undefined when it does. */
export function noSmallDisks(): string | undefined {
  const folder = mkdtempSync(path.join(tmpdir(), 'scalyr-otel-disk-'));
  try {
    mount(folder);
    unmount(folder);
    return undefined;
  } catch {
    return 'a tmpfs cannot be mounted here: it takes Linux and CAP_SYS_ADMIN';
  } finally {
    rmdirSync(folder);
  }
}

function mount(folder: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'scalyr-otel-test', folder], {
    stdio: 'ignore',
  });
}

/** Lazily: a collector that is killed at the end of a test that failed may still have files open. */
function unmount(folder: string): void {
  execFileSync('umount', ['--lazy', folder], { stdio: 'ignore' });
}
