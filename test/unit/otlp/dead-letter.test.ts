import { mkdir, readFile, rmdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DeadLetterFile } from '../../../src/otlp/dead-letter.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { RecordingLogger } from '../../support/recording-logger.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const LETTER = {
  time: '2026-01-01T00:00:00.000Z',
  backend: 'main',
  status: 400,
  reason: 'HTTP 400 Bad Request',
  line: '2014-07-29 20:22:06.789Z [m()] x 1',
};

function open(path: string, maxBytes?: number) {
  const clock = new FakeClock();
  const logger = new RecordingLogger();
  return {
    clock,
    logger,
    file: new DeadLetterFile({ path, clock, logger, ...(maxBytes !== undefined && { maxBytes }) }),
  };
}

it('writes one JSON object a line into a file that only its owner can read', async () => {
  const path = join(temporaryFolder(), 'dead-letter', 'main.jsonl');
  const { file } = open(path);
  await file.write([LETTER]);
  await file.write([{ ...LETTER, line: 'two\nlines' }]);
  expect(await readFile(path, 'utf8')).toBe(
    '{"time":"2026-01-01T00:00:00.000Z","backend":"main","status":400,"reason":"HTTP 400 Bad Request","line":"2014-07-29 20:22:06.789Z [m()] x 1"}\n' +
      '{"time":"2026-01-01T00:00:00.000Z","backend":"main","status":400,"reason":"HTTP 400 Bad Request","line":"two\\nlines"}\n',
  );
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(join(path, '..'))).mode & 0o777).toBe(0o700);
});

it('puts a full file aside and keeps one of those', async () => {
  const path = join(temporaryFolder(), 'main.jsonl');
  const { file } = open(path, 10);
  await file.write([{ ...LETTER, line: 'first' }]);
  await file.write([{ ...LETTER, line: 'second' }]);
  expect(await readFile(`${path}.1`, 'utf8')).toContain('second');
  await expect(stat(path)).rejects.toThrow('ENOENT');
});

it('cuts a line that is longer than 256 Ki characters and says so', async () => {
  const path = join(temporaryFolder(), 'main.jsonl');
  await open(path).file.write([{ ...LETTER, line: 'x'.repeat(300_000) }]);
  const letter = JSON.parse(await readFile(path, 'utf8')) as { line: string; truncated: boolean };
  expect(letter.line).toHaveLength(262_144);
  expect(letter.truncated).toBe(true);
});

it('complains once a minute when it cannot write, and writes again when it can', async () => {
  const folder = join(temporaryFolder(), 'taken');
  await writeFile(folder, 'a file where the folder should be');
  const path = join(folder, 'main.jsonl');
  const { file, logger, clock } = open(path);
  await file.write([LETTER]);
  await file.write([LETTER]);
  expect(logger.messages('error')).toEqual([
    `Refused lines could not be written to "${path}"; they are counted as rejected`,
  ]);
  await clock.advance(60_000);
  await file.write([LETTER]);
  expect(logger.records).toHaveLength(2);
  expect(logger.records[1]?.context).toMatchObject({ suppressed: 1, error: { code: 'EEXIST' } });
});

it('works again after a failure', async () => {
  const path = join(temporaryFolder(), 'main.jsonl');
  await mkdir(path);
  const { file } = open(path);
  await file.write([LETTER]);
  await rmdir(path);
  await file.write([{ ...LETTER, line: 'after' }]);
  expect(await readFile(path, 'utf8')).toContain('"line":"after"');
});
