import { SETTLEMENTS } from '../ledger/settlement.ts';
import type { SettledByMonitor, Settlement } from '../ledger/settlement.ts';
import type { Position } from '../spool/position.ts';
import type { SpooledLines, SpoolGap } from '../spool/spool-contract.ts';
import { decodeLines } from './decode-lines.ts';
import { SettledSum } from './settled-sum.ts';

/** Consecutive lines of one monitor within a batch: from `from` to before `to`. */
interface Run {
  readonly monitor: string;
  readonly from: number;
  readonly to: number;
}

/** Whole spool records on their way to one backend, and what became of each of their lines. */
export class Batch {
  /** The lines in their order, without the final `\n`. */
  readonly lines: string[] = [];
  readonly #runs: Run[] = [];
  readonly #gaps: SpoolGap[] = [];
  readonly #settlements: (Settlement | undefined)[] = [];
  #bytes = 0;
  #end: Position | undefined;

  add(record: SpooledLines | SpoolGap): void {
    this.#end = record.next;
    if (record.kind === 'gap') this.#gaps.push(record);
    else this.#addLines(record);
  }

  /** Where the spool goes on behind this batch; undefined while nothing was added. */
  get end(): Position | undefined {
    return this.#end;
  }

  /** Size of the text of all lines. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Says what became of a line; the last word counts. */
  settle(index: number, settlement: Settlement): void {
    this.#settlements[index] = settlement;
  }

  /** The ledger's name of the monitor that a line is from. */
  monitorOf(index: number): string {
    return this.#runs.find((run) => index < run.to)?.monitor ?? '';
  }

  /** What became of the lines, and of those that were lost between them, by monitor. Open lines are not in it. */
  tally(): SettledByMonitor {
    const sum = new SettledSum();
    for (const gap of this.#gaps) {
      for (const [monitor, count] of Object.entries(gap.lost)) sum.add(monitor, gap.reason, count);
    }
    for (const run of this.#runs) this.#tallyRun(run, sum);
    return sum.value;
  }

  #addLines(record: SpooledLines): void {
    const from = this.lines.length;
    for (const line of decodeLines(record)) {
      this.lines.push(line);
      this.#settlements.push(undefined);
    }
    this.#runs.push({ monitor: record.monitor, from, to: this.lines.length });
    this.#bytes += record.text.length;
  }

  #tallyRun(run: Run, sum: SettledSum): void {
    const settlements = this.#settlements.slice(run.from, run.to);
    for (const settlement of SETTLEMENTS) {
      sum.add(run.monitor, settlement, settlements.filter((each) => each === settlement).length);
    }
  }
}
