import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { findProgram } from './find-program.ts';
import type { ServerProgram } from './find-program.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Why the suite cannot run here; undefined when it can. */
    readonly serversUnavailable: string | undefined;
  }
}

/** Debian's packages, each with the program that shows that it is installed. */
const PACKAGES: ReadonlyMap<string, ServerProgram> = new Map([
  ['nginx-light', 'nginx'],
  ['apache2', 'apache2'],
  ['redis-server', 'redis-server'],
  ['postgresql', 'postgres'],
  ['mariadb-server', 'mariadbd'],
  ['snmpd', 'snmpd'],
  ['systemd', 'journalctl'],
  ['systemd-journal-remote', 'systemd-journal-remote'],
]);

/** Run by Vitest once before the suite. */
export function setup({ provide }: TestProject): void {
  const missing = Array.from(PACKAGES)
    .filter(([, program]) => findProgram(program) === undefined)
    .map(([name]) => name);
  const obstacle = missing.length === 0 ? undefined : whyNotInstallable(missing);
  if (missing.length > 0 && obstacle === undefined) install(missing);
  provide('serversUnavailable', obstacle);
}

function whyNotInstallable(missing: readonly string[]): string | undefined {
  const names = missing.join(', ');
  if (!existsSync('/usr/bin/apt-get'))
    return `needs ${names}, and this machine has no apt-get to install them with`;
  return process.getuid?.() === 0
    ? undefined
    : `needs ${names}: run "apt-get install ${missing.join(' ')}" as root`;
}

/** Installs them without letting Debian start them: the suite starts its own, on ports and in folders of its own. */
function install(packages: readonly string[]): void {
  const policy = '/usr/sbin/policy-rc.d';
  const isOurs = !existsSync(policy);
  if (isOurs) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    apt('update');
    apt('install', '--yes', '--no-install-recommends', ...packages);
  } finally {
    if (isOurs) rmSync(policy);
  }
}

function apt(...command: readonly string[]): void {
  execFileSync(
    'apt-get',
    ['--quiet', '--quiet', '-o', 'Acquire::Retries=3', '-o', 'DPkg::Lock::Timeout=300', ...command],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    },
  );
}
