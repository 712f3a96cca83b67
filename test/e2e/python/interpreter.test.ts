import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/clock/system-clock.ts';
import { createPythonHost, type PythonHostOutcome } from '../../../src/host/python/create-python-host.ts';
import type { PythonSettings } from '../../../src/host/python/python-settings.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A folder with programs in it, by their names; each is a shell script. */
function folderOfPrograms(programs: Readonly<Record<string, string>>): string {
  const folder = path.join(temporaryFolder(), 'bin');
  mkdirSync(folder);
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(path.join(folder, name), 0o755);
  }
  return folder;
}

/** What a Python says of itself that cannot read the host program. */
const OLD = `echo '{"type":"too-old","version":"2.7.18","executable":"/usr/bin/python"}' >&3`;

function create(PATH: string, python: PythonSettings = {}): Promise<PythonHostOutcome> {
  return createPythonHost({
    isolation: 'process',
    file: undefined,
    monitor: 'x()',
    module: 'x',
    id: '',
    config: {},
    defaultSampleIntervalSecs: 30,
    globalRateMetricNames: [],
    debugLevel: 0,
    memoryLimitBytes: 1e9,
    python,
    environment: { PATH },
    secretNames: [],
    listener: { onReadable() {}, onDiagnostic() {} },
    clock: systemClock,
  });
}

describe('the search for a Python', () => {
  it('says what it looked for when there is none', async () => {
    expect(await create(folderOfPrograms({}))).toEqual({
      kind: 'bad-configuration',
      message:
        'Cannot run Python monitors: looked for "python3" and "python" in PATH, wanted Python 3.8 or later, found that ' +
        '"python3" is not there, and "python" is not there; install one, or name it in otel.python.interpreter',
    });
  });

  it('says which version it found when that is too old', async () => {
    const folder = folderOfPrograms({ python: OLD });

    expect(await create(folder)).toHaveProperty(
      'message',
      expect.stringContaining(
        'found that "python3" is not there, and "python" is Python 2.7.18 (/usr/bin/python); install one',
      ),
    );
  });

  it('says what a program printed that is no Python', async () => {
    const folder = folderOfPrograms({ python3: 'echo "segmentation of the faults" >&2; exit 4' });

    expect(await create(folder)).toHaveProperty(
      'message',
      expect.stringContaining(
        '"python3" ended before it was ready, by exit code 4: segmentation of the faults',
      ),
    );
  });

  it('goes on to the next name when the first cannot be used', async () => {
    const real = process.env['PATH'] ?? '';
    const folder = folderOfPrograms({ python3: OLD, python: `PATH='${real}' exec python3 "$@"` });

    expect(await create(folder)).toMatchObject({ kind: 'created' });
  });

  it('takes the configured interpreter and no other', async () => {
    const interpreter = path.join(folderOfPrograms({}), 'nowhere');

    expect(await create(process.env['PATH'] ?? '', { interpreter })).toEqual({
      kind: 'bad-configuration',
      message:
        'Cannot run Python monitors: looked for what otel.python.interpreter names, wanted Python 3.8 or later, found that ' +
        `"${interpreter}" is not there; name another one there`,
    });
  });
});
