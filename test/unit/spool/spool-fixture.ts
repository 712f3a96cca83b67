import type { LineBlock } from '../../../src/metric-line/line-block.ts';
import { openSpool } from '../../../src/spool/disk-spool.ts';
import type { SpoolOptions } from '../../../src/spool/disk-spool.ts';
import type { Position } from '../../../src/spool/position.ts';
import { segmentName } from '../../../src/spool/segment-format.ts';
import { SpoolBudget } from '../../../src/spool/spool-budget.ts';
import type { SpooledLines, SpoolGap, SpoolReader, SpoolWriter } from '../../../src/spool/spool-contract.ts';
import { openSpoolReader } from '../../../src/spool/spool-reader.ts';
import type { SpoolReaderOptions } from '../../../src/spool/spool-reader.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { RecordingLogger } from '../../support/recording-logger.ts';
import { MemoryFiles } from './memory-files.ts';

export const FOLDER = '/data/spool/metrics';

/** A spool in memory and what surrounds it. */
export class SpoolFixture {
  readonly logger = new RecordingLogger();
  readonly clock = new FakeClock();
  files = new MemoryFiles();

  open(options: Partial<SpoolOptions> = {}): Promise<SpoolWriter> {
    return openSpool({
      folder: FOLDER,
      fsync: 'interval',
      budget: new SpoolBudget(1_000_000),
      clock: this.clock,
      logger: this.logger,
      files: this.files,
      ...options,
    });
  }

  read(options: Partial<SpoolReaderOptions> = {}): SpoolReader {
    return openSpoolReader({
      folder: FOLDER,
      position: { segment: 1, offset: 0 },
      appended: {},
      logger: this.logger,
      files: this.files,
      ...options,
    });
  }
}

/** Path of segment `number`. */
export function segmentPath(number: number): string {
  return `${FOLDER}/${segmentName(number)}`;
}

/** A block of lines; the line breaks are added. */
export function block(monitor: string, ...lines: readonly string[]): LineBlock {
  const texts = lines.map((line) => Buffer.from(`${line}\n`));
  return {
    monitor,
    count: lines.length,
    lengths: Uint32Array.from(texts, (text) => text.length),
    isLog: new Uint8Array(lines.length),
    text: Buffer.concat(texts),
  };
}

/** What a reader finds up to `end`, without the positions: `coin(): a, b` for lines, a gap as it is. */
export async function readAll(reader: SpoolReader, end: Position): Promise<unknown[]> {
  const found: unknown[] = [];
  for (;;) {
    const outcome = await reader.next(end);
    if (outcome === undefined) return found;
    found.push(describe(outcome));
  }
}

/** The lines of a record, without their line breaks. */
export function linesOf(record: SpooledLines): string[] {
  let start = 0;
  return Array.from(record.lengths, (length) => {
    start += length;
    return record.text.toString('utf8', start - length, start - 1);
  });
}

function describe(outcome: SpooledLines | SpoolGap): unknown {
  if (outcome.kind === 'lines') return `${outcome.monitor}: ${linesOf(outcome).join(', ')}`;
  return { [outcome.reason]: outcome.lost };
}
