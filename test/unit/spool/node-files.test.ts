import { appendFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CursorFile } from '../../../src/spool/cursor-file.ts';
import { nodeFiles } from '../../../src/spool/node-files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { block, readAll, SpoolFixture } from './spool-fixture.ts';

describe('a spool on a real disk', () => {
  it('survives that it is closed and opened again, and a torn write', async () => {
    const fixture = new SpoolFixture();
    const folder = join(temporaryFolder(), 'spool', 'metrics');
    const first = await fixture.open({ folder, files: nodeFiles, fsync: 'always' });
    await first.append([block('coin()', 'one', 'two')]);
    await first.close();
    appendFileSync(join(folder, '00000000000000000001.seg'), 'torn');

    const second = await fixture.open({ folder, files: nodeFiles });
    await second.append([block('coin()', 'three')]);
    const reader = fixture.read({ folder, files: nodeFiles });

    expect(await readAll(reader, second.end)).toEqual(['coin(): one, two', 'coin(): three']);
    expect(fixture.logger.messages('warn')).toHaveLength(1);
    await reader.close();
    await second.close();
  });

  it('is for nobody else to read', async () => {
    const fixture = new SpoolFixture();
    const folder = join(temporaryFolder(), 'spool');
    const spool = await fixture.open({ folder, files: nodeFiles });
    await spool.append([block('coin()', 'one')]);
    await spool.close();

    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, '00000000000000000001.seg')).mode & 0o777).toBe(0o600);
  });

  it('deletes what all have read', async () => {
    const fixture = new SpoolFixture();
    const folder = temporaryFolder();
    const first = await fixture.open({ folder, files: nodeFiles });
    await first.append([block('coin()', 'one')]);
    await first.close();
    const second = await fixture.open({ folder, files: nodeFiles });
    await second.append([block('coin()', 'two')]);

    second.release(second.end);
    await second.close();

    expect(readdirSync(folder)).toEqual(['00000000000000000002.seg']);
  });
});

describe('a cursor on a real disk', () => {
  it('is there again', async () => {
    const { clock, logger } = new SpoolFixture();
    const options = { folder: temporaryFolder(), backend: 'b', fsync: 'interval', clock, logger } as const;
    const state = { position: { segment: 3, offset: 4 }, since: { 'coin()': 1 }, settled: {} };
    const cursor = await CursorFile.open(options);
    await cursor.commit(state);
    await cursor.close();

    const again = await CursorFile.open(options);
    await again.close();

    expect(again.stored).toEqual({ kind: 'stored', state });
  });
});
