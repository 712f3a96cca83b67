import path from 'node:path';
import { BadMonitorConfiguration, defineMetric, excerptOf, ScalyrMonitor } from 'scalyr-otel-bridge';
import { readPosition, writePosition } from './cursor-file.ts';
import type { Position } from './cursor-file.ts';
import { explainEnd, PARTIAL, refusesCursor, saysPartial } from './explain-end.ts';
import { checkMatches, journalctlArguments, readFields } from './journalctl-arguments.ts';
import type { Start } from './journalctl-arguments.ts';
import { LineReader } from './line-reader.ts';
import { Losses } from './losses.ts';
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
  static override readonly configOptions = Object.values(options);
  static override readonly metrics = [
    defineMetric({
      name: 'details',
      description: 'A text: the message of an entry. The fields are those of `journal_fields`.',
      extraFields: {
        boot: 'id of the boot',
        machine: 'id of the machine',
        pid: 'process that wrote it',
        timestamp: 'when it was written, in microseconds since 1970, where that is known',
        unit: 'unit of systemd that the process belongs to',
      },
    }),
  ];

  /** What is run, and the time in milliseconds: a test takes their place. */
  journalctl: readonly string[] = ['journalctl'];
  now: () => number = () => Date.now();

  readonly #fields = readFields(this.config.get(options.journalFields));
  readonly #cursorFile = this.config.get(options.cursorFile);
  readonly #losses = new Losses();
  #position: Position | undefined;
  #saved: Position | undefined;

  override initialize(): void {
    checkMatches(this.config.get(options.journalMatches));
    if (this.#cursorFile !== '' && !path.isAbsolute(this.#cursorFile)) {
      throw new BadMonitorConfiguration(
        `Cannot use "${this.#cursorFile}" for field "cursor_file": wanted a whole path, as "/var/lib/journal.cursor"`,
        'cursor_file',
      );
    }
    // The journal comes at its own rate: the limit that guards a log of metrics would cut it off.
    if (!this.config.has('monitor_log_write_rate')) this.logWriteRate = -1;
    if (!this.config.has('monitor_log_max_write_burst')) this.logMaxWriteBurst = -1;
    this.logRotationMaxBytes = this.config.get(options.maxLogSize) ?? this.logRotationMaxBytes;
    this.logRotationBackupCount = this.config.get(options.maxLogRotations) ?? this.logRotationBackupCount;
  }

  override async run(): Promise<void> {
    const start = this.#start();
    await Promise.all([
      this.#follow(start),
      this.#repeat(SAVE_SECS, () => this.#save()),
      this.#repeat(REPORT_SECS, () => this.#tellLosses()),
    ]);
    this.#save();
    this.#tellLosses();
  }

  /** Runs journalctl, and again when it ends, until the monitor is stopped. */
  async #follow(first: Start): Promise<void> {
    let start = first;
    let pauseSecs = 1;
    for (;;) {
      const before = this.#position;
      const { reason, complaints } = await this.#runOnce(start);
      if (this.signal.aborted) return;
      this.#complain(`Cannot follow the journal: ${reason}`, 'follow');
      const hasMoved = this.#position !== before;
      if (this.#position !== undefined) start = { kind: 'cursor', cursor: this.#position.cursor };
      if (!hasMoved && refusesCursor(complaints)) start = this.#withoutCursor();
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
    this.#position = { cursor, timeMs };
  }

  /** Where to begin: behind the entry that the file remembers, or now. */
  #start(): Start {
    const nowMs = this.now();
    const position = this.#readPosition();
    if (position === undefined) return { kind: 'time', timeMs: nowMs };
    const oldestMs = nowMs - this.config.get(options.stalenessThresholdSecs) * 1000;
    if (position.timeMs >= oldestMs) {
      this.#position = position;
      this.#saved = position;
      return { kind: 'cursor', cursor: position.cursor };
    }
    const [last, begin] = [position.timeMs, oldestMs].map((timeMs) => new Date(timeMs).toISOString());
    this.logger.warn(
      `Follows the journal from ${begin} on, although the last entry that was read is from ${last}: raise ` +
        'staleness_threshold_secs to have everything after a long stop',
    );
    return { kind: 'time', timeMs: oldestMs };
  }

  #readPosition(): Position | undefined {
    if (this.#cursorFile === '') return undefined;
    try {
      return readPosition(this.#cursorFile);
    } catch (error) {
      this.logger.error(
        `Cannot read cursor_file "${this.#cursorFile}", and so begins with what comes now: ${reasonOf(error)}; ` +
          'let the user of the collector read and write it, or remove it',
      );
      return undefined;
    }
  }

  /** journalctl does not understand the cursor: the time of the entry has to do. */
  #withoutCursor(): Start {
    const timeMs = this.#position?.timeMs ?? this.now();
    this.#position = undefined;
    return { kind: 'time', timeMs };
  }

  #save(): void {
    const position = this.#position;
    if (this.#cursorFile === '' || position === undefined || position === this.#saved) return;
    try {
      writePosition(this.#cursorFile, position);
      this.#saved = position;
    } catch (error) {
      this.#complain(
        `Cannot write cursor_file "${this.#cursorFile}": ${reasonOf(error)}; let the user of the collector write to its ` +
          'folder. Until then, a restart misses entries or has some twice',
        'cursor file',
      );
    }
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
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
