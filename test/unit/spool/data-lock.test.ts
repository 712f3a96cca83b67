import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockDataFolder } from '../../../src/spool/data-lock.ts';
import { systemProcesses } from '../../../src/spool/process-table.ts';
import type { ProcessTable } from '../../../src/spool/process-table.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Process `pid` among those that are alive, given with their start times. */
function processes(pid: number, alive: Readonly<Record<number, string>>): ProcessTable {
  return { pid, isAlive: (other) => other in alive, startOf: (other) => alive[other] };
}

describe('the lock of a data folder', () => {
  it('keeps a second collector out and names the first', async () => {
    const folder = temporaryFolder();
    await lockDataFolder(folder, processes(100, { 100: 'monday' }));

    const second = lockDataFolder(folder, processes(200, { 100: 'monday', 200: 'tuesday' }));

    await expect(second).rejects.toThrow(
      `Cannot use the data folder "${folder}": the collector with pid 100 is using it; stop that one, or give this one an agent_data_path of its own`,
    );
  });

  it('is free again after it was released', async () => {
    const folder = temporaryFolder();
    const first = await lockDataFolder(folder, processes(100, { 100: 'monday' }));

    await first.release();

    expect(readdirSync(folder)).toEqual([]);
    await expect(lockDataFolder(folder, processes(200, { 200: 'tuesday' }))).resolves.toBeDefined();
  });

  it('is taken over from a process that is dead', async () => {
    const folder = temporaryFolder();
    await lockDataFolder(folder, processes(100, { 100: 'monday' }));

    await lockDataFolder(folder, processes(200, { 200: 'tuesday' }));

    expect(readFileSync(join(folder, 'collector.lock'), 'utf8')).toBe('{"pid":200,"start":"tuesday"}');
    expect(readdirSync(folder)).toEqual(['collector.lock']);
  });

  it('is taken over when another process has got the pid since', async () => {
    const folder = temporaryFolder();
    await lockDataFolder(folder, processes(1, { 1: 'monday' }));

    await expect(lockDataFolder(folder, processes(1, { 1: 'tuesday' }))).resolves.toBeDefined();
  });

  it('is taken over when its content makes no sense', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'collector.lock'), '');

    await expect(lockDataFolder(folder, processes(200, { 200: 'tuesday' }))).resolves.toBeDefined();
  });

  it('is not released by one that has lost it', async () => {
    const folder = temporaryFolder();
    const first = await lockDataFolder(folder, processes(100, { 100: 'monday' }));
    await lockDataFolder(folder, processes(200, { 200: 'tuesday' }));

    await first.release();

    expect(readdirSync(folder)).toEqual(['collector.lock']);
  });

  it('is had by one of many that start at once', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'collector.lock'), '{"pid":1,"start":"long ago"}');
    const alive = { 100: 'a', 200: 'b', 300: 'c', 400: 'd' };

    const outcomes = await Promise.allSettled(
      [100, 200, 300, 400].map((pid) => lockDataFolder(folder, processes(pid, alive))),
    );

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is made in a folder that is not there yet, for nobody else to read', async () => {
    const folder = join(temporaryFolder(), 'data');

    await lockDataFolder(folder);

    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'collector.lock')).mode & 0o777).toBe(0o600);
  });
});

describe('the processes of this machine', () => {
  it('include this one', () => {
    expect(systemProcesses.isAlive(process.pid)).toBe(true);
    expect(systemProcesses.startOf(process.pid)).toBe(systemProcesses.startOf(process.pid));
  });

  it('do not include one that cannot be', () => {
    expect(systemProcesses.isAlive(2 ** 22 + 1)).toBe(false);
    expect(systemProcesses.startOf(2 ** 22 + 1)).toBeUndefined();
  });
});
