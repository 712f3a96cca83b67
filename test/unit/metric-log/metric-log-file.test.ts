import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MetricLogFile } from '../../../src/metric-log/metric-log-file.ts';
import type { Rotation } from '../../../src/metric-log/metric-log-file.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { lineBlock } from '../../support/line-block.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { FailingDisk } from './failing-disk.ts';

function makeLog(rotation: Partial<Rotation> = {}, name = 'm.log') {
  const folder = temporaryFolder();
  const clock = new FakeClock();
  const disk = new FailingDisk();
  const file = new MetricLogFile(path.join(folder, name), {
    rotation: { maxBytes: 20_971_520, backupCount: 2, ...rotation },
    clock,
    fileSystem: disk,
  });
  onTestFinished(() => file.close());
  const append = (...lines: string[]) => file.append(lineBlock('m()', lines));
  const read = (file_ = name): string => readFileSync(path.join(folder, file_), 'utf8');
  return { folder, path: file.path, clock, disk, file, append, read };
}

describe('MetricLogFile', () => {
  it('appends lines to the file, which it makes with its folder', async () => {
    const { append, read, path: file } = makeLog({}, 'sub/folder/m.log');
    await expect(append('one', 'two')).resolves.toEqual({ written: 2 });
    await expect(append('three')).resolves.toEqual({ written: 1 });
    expect(read('sub/folder/m.log')).toBe('one\ntwo\nthree\n');
    expect(statSync(file).mode & 0o777).toBe(0o640);
  });

  it('goes on after what is in the file already', async () => {
    const { append, read, path: file } = makeLog();
    writeFileSync(file, 'of yesterday\n');
    await append('of today');
    expect(read()).toBe('of yesterday\nof today\n');
  });

  it('removes the part of a line that a crash left at the end', async () => {
    const { append, read, path: file } = makeLog();
    writeFileSync(file, `${'x'.repeat(200_000)}\nwhole\n${'half a li'.repeat(10_000)}`);
    await append('next');
    expect(read()).toBe(`${'x'.repeat(200_000)}\nwhole\nnext\n`);
  });

  it('writes a batch whole when the disk takes it in pieces', async () => {
    const { append, read, disk } = makeLog();
    disk.bytesAtOnce = 3;
    await expect(append('one', 'two', 'three')).resolves.toEqual({ written: 3 });
    expect(read()).toBe('one\ntwo\nthree\n');
  });

  it('can be closed twice, and opens again for the next line', async () => {
    const { append, read, file } = makeLog();
    await append('one');
    await file.close();
    await file.close();
    await append('two');
    expect(read()).toBe('one\ntwo\n');
  });

  describe('rotation', () => {
    it('starts a new file when the next line would reach maxBytes, and keeps as many as it is told, as recorded', async () => {
      const { append, read, folder } = makeLog({ maxBytes: 500, backupCount: 2 }, 'rot.log');
      const line = (n: number): string => `2026-11-22 17:39:57.499Z [rot()] m ${n}`.padEnd(37);
      await append(...Array.from({ length: 60 }, (_, n) => line(n)));
      expect(readdirSync(folder).sort()).toEqual(['rot.log', 'rot.log.1', 'rot.log.2']);
      expect(read('rot.log').length).toBe(304);
      expect(read('rot.log.1').length).toBe(494);
      expect(read('rot.log.2').length).toBe(494);
      expect(read('rot.log.2').startsWith(line(26))).toBe(true);
      expect(read('rot.log.1').startsWith(line(39))).toBe(true);
      expect(read('rot.log').startsWith(line(52))).toBe(true);
    });

    it('counts what was in the file before', async () => {
      const { append, read, path: file } = makeLog({ maxBytes: 20 });
      writeFileSync(file, 'fifteen bytes..\n');
      await append('four');
      expect(read('m.log.1')).toBe('fifteen bytes..\n');
      expect(read()).toBe('four\n');
    });

    it('gives a line that is longer than maxBytes a file of its own, whole', async () => {
      const { append, read } = makeLog({ maxBytes: 10, backupCount: 5 });
      await append('a', 'a line of more than ten bytes', 'b');
      expect([read('m.log.2'), read('m.log.1'), read()]).toEqual([
        'a\n',
        'a line of more than ten bytes\n',
        'b\n',
      ]);
    });

    it.each([{ maxBytes: 0 }, { backupCount: 0 }])('never happens with %o', async (off) => {
      const { append, folder, read } = makeLog({ maxBytes: 10, backupCount: 2, ...off });
      await append('a line of more than ten bytes', 'and another one');
      expect(readdirSync(folder)).toEqual(['m.log']);
      expect(read()).toBe('a line of more than ten bytes\nand another one\n');
    });

    it('that fails keeps the file within its bound, and is tried again', async () => {
      const { append, read, disk } = makeLog({ maxBytes: 10 });
      disk.renames = false;
      await expect(append('one', 'two', 'three')).resolves.toMatchObject({
        written: 2,
        error: { code: 'EACCES' },
      });
      expect(read()).toBe('one\ntwo\n');
      disk.renames = true;
      await expect(append('four')).resolves.toEqual({ written: 1 });
      expect([read('m.log.1'), read()]).toEqual(['one\ntwo\n', 'four\n']);
    });

    it('leaves alone what is not a file', async () => {
      const { append, clock } = makeLog({ maxBytes: 10 }, '../../../dev/null');
      await clock.advance(2000);
      await expect(append('one', 'two', 'three', 'four')).resolves.toEqual({ written: 4 });
      expect(statSync('/dev/null').isFile()).toBe(false);
    });
  });

  describe('when the disk is full', () => {
    it('keeps whole lines only, says how many, and goes on when there is room', async () => {
      const { append, read, disk } = makeLog();
      disk.freeBytes = 10;
      await expect(append('one', 'two', 'three')).resolves.toMatchObject({
        written: 2,
        error: { code: 'ENOSPC' },
      });
      expect(read()).toBe('one\ntwo\n');
      disk.freeBytes = Infinity;
      await expect(append('four')).resolves.toEqual({ written: 1 });
      expect(read()).toBe('one\ntwo\nfour\n');
    });

    it('takes a line with line breaks in it back as a whole', async () => {
      const { append, read, disk } = makeLog();
      disk.freeBytes = 12;
      await append('one', 'two\nlines');
      expect(read()).toBe('one\n');
    });

    it('removes the half line later when it cannot be removed at once', async () => {
      const { append, read, disk } = makeLog();
      disk.freeBytes = 6;
      disk.truncates = false;
      await append('one', 'two');
      expect(read()).toBe('one\ntw');
      disk.freeBytes = Infinity;
      await expect(append('three')).resolves.toMatchObject({ written: 0, error: { code: 'EIO' } });
      disk.truncates = true;
      await append('four');
      expect(read()).toBe('one\nfour\n');
    });

    it('fails for real on /dev/full', async () => {
      const { append } = makeLog({}, '../../../dev/full');
      await expect(append('one')).resolves.toMatchObject({ written: 0, error: { code: 'ENOSPC' } });
    });
  });

  describe('when somebody else touches the file', () => {
    it('makes a new one within a second after it was deleted', async () => {
      const { append, read, path: file, clock } = makeLog();
      await append('one');
      rmSync(file);
      await clock.advance(1000);
      await append('two');
      expect(read()).toBe('two\n');
    });

    it('makes a new one within a second after it was moved away, and leaves the moved one alone', async () => {
      const { append, read, path: file, clock } = makeLog();
      await append('one');
      renameSync(file, `${file}-moved`);
      await clock.advance(1000);
      await append('two');
      expect([read('m.log-moved'), read()]).toEqual(['one\n', 'two\n']);
    });

    it('goes on at the start after it was truncated, even when the disk is full at that moment', async () => {
      const { append, read, path: file, disk } = makeLog();
      await append('one', 'two');
      truncateSync(file, 0);
      disk.freeBytes = 7;
      await expect(append('three', 'four')).resolves.toMatchObject({ written: 1 });
      disk.freeBytes = Infinity;
      await append('five');
      expect(read()).toBe('three\nfive\n');
    });

    it('counts what was appended for the rotation', async () => {
      const { append, read, path: file, clock } = makeLog({ maxBytes: 20 });
      await append('one');
      appendFileSync(file, 'by somebody else\n');
      await clock.advance(1000);
      await append('two');
      expect([read('m.log.1'), read()]).toEqual(['one\nby somebody else\n', 'two\n']);
    });

    it('fails while a folder stands in its place, and goes on when it is gone', async () => {
      const { append, read, path: file } = makeLog();
      mkdirSync(file);
      await expect(append('one')).resolves.toMatchObject({ written: 0, error: { code: 'EISDIR' } });
      rmSync(file, { recursive: true });
      await append('two');
      expect(read()).toBe('two\n');
    });
  });
});
