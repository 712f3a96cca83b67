import path from 'node:path';
import {
  BadMonitorConfiguration,
  excerptOf,
  Losses,
  MAX_BACKUP_COUNT,
  ScalyrMonitor,
  unlimitedMetricLog,
} from 'scalyr-otel-bridge';
import { Bookmark } from './bookmark.ts';
import { explainEnd, PARTIAL, refusesCursor, saysPartial } from './explain-end.ts';
import { checkMatches, journalctlArguments, readFields } from './journalctl-arguments.ts';
import type { Start } from './journalctl-arguments.ts';
import { LineReader } from './line-reader.ts';
import { lossTexts } from './loss-texts.ts';
import { metrics } from './metrics.ts';
import * as options from './options.ts';
import { parseEntry } from './parse-entry.ts';
import { runJournalctl } from './run-journalctl.ts';

/** Code points; with all fields, and each character escaped, that is less than a line has room for. */
const LONGEST_MESSAGE = 65_536;
const LONGEST_FIELD = 2000;
const LONGEST_ENTRY_BYTES = 8 * 1024 * 1024;

const SAVE_SECS = 1;
const REPORT_SECS = 60;
const LONGEST_PAUSE_SECS = 60;
const REPEAT_ERROR_SECS = 300;
const MOST_COMPLAINTS = 10;

/** Follows the journal of systemd with journalctl. */
export class JournaldMonitor extends ScalyrMonitor {
  static override readonly description = 'Follows the journal of systemd.';
  static override readonly configOptions = [...Object.values(options), ...unlimitedMetricLog];
  static override readonly metrics = metrics;

  /** What is run, and the time in milliseconds: a test takes their place. */
  journalctl: readonly string[] = ['journalctl'];
  now: () => number = () => Date.now();

  readonly #fields = readFields(this.config.get(options.journalFields));
  readonly #losses = new Losses(lossTexts);
  readonly #bookmark = new Bookmark({
    file: this.config.get(options.cursorFile),
    stalenessSecs: this.config.get(options.stalenessThresholdSecs),
    now: () => this.now(),
    logger: this.logger,
  });

  override initialize(): void {
    checkMatches(this.config.get(options.journalMatches));
    this.#checkCursorFile();
    this.logRotationMaxBytes = this.config.get(options.maxLogSize) ?? this.logRotationMaxBytes;
    const rotations = this.config.get(options.maxLogRotations);
    if (rotations !== undefined) this.logRotationBackupCount = rotations || MAX_BACKUP_COUNT;
  }

  override async run(): Promise<void> {
    await Promise.all([
      this.#follow(),
      this.#repeat(SAVE_SECS, () => this.#bookmark.save()),
      this.#repeat(REPORT_SECS, () => this.#tellLosses()),
    ]);
    this.#bookmark.save();
    this.#tellLosses();
  }

  /** Runs journalctl, and again when it ends, until the monitor is stopped. */
  async #follow(): Promise<void> {
    let pauseSecs = 1;
    for (;;) {
      const { start } = this.#bookmark;
      const { reason, complaints } = await this.#runOnce(start);
      if (this.signal.aborted) return;
      this.#complain(`Cannot follow the journal: ${reason}`, 'follow');
      const hasMoved = this.#bookmark.start !== start;
      if (!hasMoved && refusesCursor(complaints)) this.#bookmark.dropCursor();
      pauseSecs = hasMoved ? 1 : Math.min(2 * pauseSecs, LONGEST_PAUSE_SECS);
      if (await this.sleep(pauseSecs)) return;
    }
  }

  async #runOnce(start: Start): Promise<{ reason: string; complaints: readonly string[] }> {
    const { config, signal } = this;
    const reader = new LineReader({ maxBytes: LONGEST_ENTRY_BYTES });
    const complaints: string[] = [];
    const args = journalctlArguments({
      folder: config.get(options.journalPath),
      fields: [...this.#fields.keys()],
      matches: config.get(options.journalMatches),
      start,
    });
    const end = await runJournalctl({
      command: [...this.journalctl, ...args],
      signal,
      onOutput: (chunk) => {
        for (const line of reader.push(chunk)) this.#take(line);
        this.#losses.add('tooLong', reader.takeSkipped());
      },
      onComplaint: (line) => {
        if (complaints.length < MOST_COMPLAINTS) complaints.push(line);
        if (saysPartial(line)) this.#complain(PARTIAL, 'partial');
      },
    });
    return { reason: explainEnd(end, complaints), complaints };
  }

  #take(line: string): void {
    const entry = parseEntry(line, this.#fields);
    if (entry === undefined) {
      this.#losses.add('unreadable');
      return;
    }
    const { cursor, timeMs } = entry;
    const message = excerptOf(entry.message, { allLines: true, maxCharacters: LONGEST_MESSAGE });
    const fields = Object.entries(entry.fields).map(([name, text]) => {
      return { name, ...excerptOf(text, { allLines: true, maxCharacters: LONGEST_FIELD }) };
    });
    if (message.length > LONGEST_MESSAGE || fields.some(({ length }) => length > LONGEST_FIELD)) {
      this.#losses.add('cut');
    }
    const texts = Object.fromEntries(fields.map(({ name, text }) => [name, text]));
    this.logger.emitValue('details', message.text, texts, { timestamp: timeMs });
    this.#bookmark.moveTo({ cursor, timeMs });
  }

  async #repeat(secs: number, work: () => void): Promise<void> {
    while (!(await this.sleep(secs))) work();
  }

  #tellLosses(): void {
    for (const text of this.#losses.tell()) this.logger.warn(text);
  }

  #complain(text: string, limitKey: string): void {
    this.logger.error(text, { limitOncePerSecs: REPEAT_ERROR_SECS, limitKey });
  }

  #checkCursorFile(): void {
    const file = this.config.get(options.cursorFile);
    if (file === '' || path.isAbsolute(file)) return;
    throw new BadMonitorConfiguration(
      `Cannot use "${file}" for field "cursor_file": wanted a whole path, as "/var/lib/journal.cursor"`,
      'cursor_file',
    );
  }
}
