import { describe, expect, it } from 'vitest';
import { parseLine } from '../../../src/metric-line/parse-line.ts';
import { signalOf } from '../../../src/metric-line/parsed-line.ts';

const TIME = '2023-11-14 22:13:20.123Z';
const header = { timeMs: 1_700_000_000_123, monitor: 'm', id: '' };

describe('parseLine', () => {
  it('takes time, monitor, id, name, value and fields apart', () => {
    expect(parseLine(`${TIME} [random_coin(1)] uniform 0.98 count=1 host="web 1" ok=true\n`)).toEqual({
      timeMs: 1_700_000_000_123,
      monitor: 'random_coin',
      id: '1',
      metric: {
        name: 'uniform',
        value: { kind: 'float', text: '0.98' },
        fields: [
          { name: 'count', kind: 'int', text: '1' },
          { name: 'host', kind: 'string', text: 'web 1' },
          { name: 'ok', kind: 'bool', text: 'true' },
        ],
      },
    });
  });

  it('does not need the final line break', () => {
    expect(parseLine(`${TIME} [m()] x 1`)).toEqual({
      ...header,
      metric: { name: 'x', value: { kind: 'int', text: '1' }, fields: [] },
    });
  });

  it('keeps fields as they were written: unsorted, always quoted, twice', () => {
    const line = `${TIME} [m()] df.1kblocks.total 264212084 mount="/" fstype="ext4" mount="/a"\n`;
    expect(parseLine(line)?.metric?.fields).toEqual([
      { name: 'mount', kind: 'string', text: '/' },
      { name: 'fstype', kind: 'string', text: 'ext4' },
      { name: 'mount', kind: 'string', text: '/a' },
    ]);
  });

  it.each([
    ['1', 'int', '1'],
    ['-7', 'int', '-7'],
    ['18446744073709551616', 'int', '18446744073709551616'],
    ['1.0', 'float', '1.0'],
    ['-0.0', 'float', '-0.0'],
    ['1e22', 'float', '1e22'],
    ['1e+22', 'float', '1e+22'],
    ['1.5E-05', 'float', '1.5E-05'],
    ['true', 'bool', 'true'],
    ['false', 'bool', 'false'],
    ['null', 'null', 'null'],
    ['NaN', 'null', 'NaN'],
    ['-Infinity', 'null', '-Infinity'],
    ['""', 'string', ''],
    [String.raw`"say \"hi\" \\ \/ \u00e9 \ud83d\ude00\n"`, 'string', 'say "hi" \\ / é 😀\n'],
    [String.raw`"lone \ud800"`, 'string', 'lone \ud800'],
    ['"é 漢字 = x"', 'string', 'é 漢字 = x'],
    [String.raw`"/mnt/a\040b"`, 'string', String.raw`/mnt/a\040b`],
  ])('reads the value %s as %s', (written, kind, text) => {
    expect(parseLine(`${TIME} [m()] x ${written}\n`)?.metric?.value).toEqual({ kind, text });
    expect(parseLine(`${TIME} [m()] x 1 f=${written} g=2\n`)?.metric?.fields[0]).toEqual({
      name: 'f',
      kind,
      text,
    });
  });

  it.each([
    [''],
    ['plain text'],
    ['to metric log, raw text k=v'],
    ['a=1 b=2.5'],
    ['x'],
    ['x '],
    ['x  1'],
    ['x 1 '],
    ['x 1  f=2'],
    ['x 1 f'],
    ['x 1 f='],
    ['x 1 f=2,g=3'],
    ['x 1 f= 2'],
    ['x 1 2'],
    ['x 1f=2'],
    ['1x 1'],
    ['x+y 1'],
    ['x 007'],
    ['x 1.'],
    ['x .5'],
    ['x +1'],
    ['x -'],
    ['x 1e'],
    ['x 0x10'],
    ['x nullx'],
    ['x True'],
    ['x "open'],
    ['x "open\\"'],
    ['x "a"b'],
    ['x 1 f="a"g=1'],
    ['x\n\n1'],
    ['x 1\n'],
    ['two\nlines'],
    ['[m()] x 1'],
  ])('takes %j for free text', (text) => {
    expect(parseLine(`${TIME} [m()] ${text}\n`)).toEqual({ ...header, text });
  });

  it('reads a name from which the formatter let a line break through, without it', () => {
    expect(parseLine(`${TIME} [m()] abc\n 1 k\n=2\n`)?.metric).toEqual({
      name: 'abc',
      value: { kind: 'int', text: '1' },
      fields: [{ name: 'k', kind: 'int', text: '2' }],
    });
  });

  it.each([
    ['[x(y)(z)]', 'x(y)', 'z'],
    ['[docker(a(b))]', 'docker', 'a(b)'],
    ['[docker()]', 'docker', ''],
    ['[docker(a b [c])]', 'docker', 'a b [c]'],
    ['[docker(a)b)]', 'docker', 'a)b'],
    ['[()]', '', ''],
  ])('reads %s as monitor "%s" with the id "%s"', (written, monitor, id) => {
    expect(parseLine(`${TIME} ${written} x 1\n`)).toMatchObject({ monitor, id, metric: { name: 'x' } });
  });

  it('does not take the header of the line before for one that only starts alike', () => {
    expect(parseLine(`${TIME} [m(1)] x 1\n`)).toMatchObject({ monitor: 'm', id: '1' });
    expect(parseLine(`${TIME} [m(1))] x 1\n`)).toMatchObject({ monitor: 'm', id: '1)' });
    expect(parseLine(`${TIME} [m(1)]\n`)).toBeUndefined();
  });

  it.each([
    [''],
    ['x 1\n'],
    [`${TIME} INFO [monitor:m()] [m:7] text\n`],
    [`${TIME} [m] x 1\n`],
    [`${TIME} [m()]x 1\n`],
    [`${TIME}[m()] x 1\n`],
    [`${TIME}  [m()] x 1\n`],
    [`${TIME} [m(\n)] x 1\n`],
    ['2023-11-14T22:13:20.123Z [m()] x 1\n'],
    ['2023-11-14 22:13:20,123Z [m()] x 1\n'],
    ['2023-13-14 22:13:20.123Z [m()] x 1\n'],
    ['2023-02-29 22:13:20.123Z [m()] x 1\n'],
    ['2023-11-14 24:13:20.123Z [m()] x 1\n'],
    ['2023-11-14 22:60:20.123Z [m()] x 1\n'],
    ['2023-11-14 22:13:60.123Z [m()] x 1\n'],
    ['2023-11-14 22:13:20.x23Z [m()] x 1\n'],
    ['.... Warning, skipped writing 6 log lines due to limit set by `monitor_log_write_rate` option...\n'],
  ])('gives nothing for %j', (line) => {
    expect(parseLine(line)).toBeUndefined();
  });
});

describe('signalOf', () => {
  it.each([
    ['x 1', 'metrics'],
    ['x 1.5 f="text"', 'metrics'],
    ['x true', 'metrics'],
    ['x null', 'metrics'],
    ['x "text"', 'logs'],
    ['free text', 'logs'],
  ])('says that "%s" belongs to %s', (text, signal) => {
    expect(signalOf(parseLine(`${TIME} [m()] ${text}\n`))).toBe(signal);
  });

  it('takes a line that is none for text', () => {
    expect(signalOf(undefined)).toBe('logs');
  });
});
