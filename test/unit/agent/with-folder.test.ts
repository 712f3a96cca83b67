import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { withFolder } from '../../../src/agent/with-folder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('withFolder', () => {
  it('says what to do about a folder that cannot be made', async () => {
    const file = path.join(temporaryFolder(), 'file');
    await writeFile(file, '');
    const folder = path.join(file, 'log');
    await expect(
      withFolder({ path: folder, option: 'agent_log_path' }, (made) => mkdir(made)),
    ).rejects.toThrow(
      `Cannot use the folder "${folder}": ENOTDIR; let the collector's user write there, or set agent_log_path to another folder`,
    );
  });

  it('leaves alone what the system has not refused', async () => {
    const locked = new Error('Another collector has it');
    await expect(
      withFolder({ path: '/data', option: 'agent_data_path' }, () => Promise.reject(locked)),
    ).rejects.toBe(locked);
  });
});
