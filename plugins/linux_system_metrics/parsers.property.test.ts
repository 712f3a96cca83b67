import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTextLine } from '../../src/metric-line/format-line.ts';
import { parseLine } from '../../src/metric-line/parse-line.ts';
import { inodesOf, parseDiskstats, parseMounts, spaceOf } from './parse-disks.ts';
import { parseNetDev, parseNetstat, parseSockstat } from './parse-network.ts';
import { parseNfs } from './parse-nfs.ts';
import {
  parseCpuCount,
  parseEntropy,
  parseLoadavg,
  parseMeminfo,
  parseNumastat,
  parseStat,
  parseUptime,
  parseVmstat,
} from './parse-system.ts';

const SIZE = { bsize: 4096, blocks: 9, bfree: 5, bavail: 4, files: 3, ffree: 2 };

const PARSERS: Readonly<Record<string, (text: string) => readonly string[]>> = {
  parseUptime,
  parseMeminfo,
  parseVmstat,
  parseStat,
  parseCpuCount,
  parseLoadavg,
  parseEntropy,
  parseNumastat: (text) => parseNumastat(text, '0'),
  parseDiskstats: (text) => parseDiskstats(text, new Set()),
  parseNetDev: (text) => parseNetDev(text, /./),
  parseSockstat: (text) => parseSockstat(text, 4096),
  parseNetstat,
  parseNfs,
  parseMounts: (text) =>
    parseMounts(text).flatMap((mount) => [...spaceOf(mount, SIZE), ...inodesOf(mount, SIZE)]),
};

/** What kernel files are made of, in any order. */
const kernelText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'cpu',
        'cpu0',
        'TcpExt:',
        'TCP:',
        'inuse',
        'mem',
        'ListenDrops',
        'proc3',
        'rpc',
        'eth0:',
        'MemFree:',
        ' ',
      ),
      fc.constantFrom('\n', '\\040', '/', '-1', '1.5', '18446744073709551616', '"', '\\'),
      fc.nat().map(String),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
  )
  .map((parts) => parts.join(' ').replaceAll(' \n ', '\n'));

describe('whatever the kernel says', () => {
  it.each(Object.keys(PARSERS))('%s makes metrics with numbers of it, or nothing', (name) => {
    fc.assert(
      fc.property(kernelText, (text) => {
        const kinds = PARSERS[name]?.(text).map((metric) => {
          const line = formatTextLine({ timeMs: 0, monitor: 'm', id: '' }, metric);
          return parseLine(line)?.metric?.value.kind ?? metric;
        });
        expect(kinds?.filter((kind) => kind !== 'int' && kind !== 'float')).toEqual([]);
      }),
    );
  });
});
