import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readStatusFile } from '../../../src/status/status-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const inFolder = (): string => path.join(temporaryFolder(), 'status.json');

describe('a status file', () => {
  it('that is not there means that no collector has run', async () => {
    await expect(readStatusFile(inFolder())).rejects.toThrow(
      'no collector has run with this agent_data_path yet',
    );
  });

  it('that holds something else is refused', async () => {
    const file = inFolder();
    writeFileSync(file, '{"monitors": []}');

    await expect(readStatusFile(file)).rejects.toThrow(
      `Cannot read the status file "${file}": it holds something else`,
    );
  });

  it('that cannot be read for another reason gives that reason', async () => {
    const file = inFolder();
    mkdirSync(file);

    await expect(readStatusFile(file)).rejects.toThrow('EISDIR');
  });

  it.skipIf(process.getuid?.() === 0)('that belongs to somebody else says whom to ask as', async () => {
    const file = inFolder();
    writeFileSync(file, '{}', { mode: 0 });

    await expect(readStatusFile(file)).rejects.toThrow('ask as the user that the collector runs as');
  });
});
