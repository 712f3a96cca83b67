import type { Reply } from './parse-reply.ts';

/** A command that took long. */
export interface SlowCommand {
  /** Counts up from 0 while the server runs. */
  readonly id: number;
  /** When it ran, in seconds since the Unix epoch. */
  readonly timeSecs: number;
  readonly microseconds: number;
  /** Command and arguments with blanks between them; what is no UTF-8 is replaced. */
  readonly command: string;
  readonly isUtf8: boolean;
}

/** The commands in a reply to SLOWLOG GET, newest first, as Redis gives them. */
export function parseSlowLog(reply: Reply): SlowCommand[] {
  if (!isList(reply)) return [];
  return reply.flatMap((entry) => {
    if (!isList(entry)) return [];
    const [id, time, microseconds, words] = entry;
    if (!isList(words)) return [];
    const texts = words.map((word) => (Buffer.isBuffer(word) ? word : Buffer.alloc(0)));
    const command = texts.map((text) => text.toString()).join(' ');
    const isUtf8 = texts.every((text) => text.equals(Buffer.from(text.toString())));
    return [{ id: Number(id), timeSecs: Number(time), microseconds: Number(microseconds), command, isUtf8 }];
  });
}

/** The time of a slow command, as `2026-11-22 17:45:46Z`. */
export function formatSecs(secs: number): string {
  return new Date(secs * 1000).toISOString().replace('T', ' ').replace('.000Z', 'Z');
}

/** What is new in a slow log. */
export interface SlowLogNews {
  /** Oldest first. */
  readonly commands: readonly SlowCommand[];
  /** Commands that were pushed out of reach before they were read. */
  readonly missed: number;
}

/** Remembers what was seen of the slow log of one server. */
export class SlowLogReader {
  #hasLooked = false;
  #runId: string | undefined;
  /** Undefined while the log is empty since the first look or since the server was started. */
  #lastId: number | undefined;

  /** The first look only finds out where the log stands: what is in it may be years old. */
  get isFirstLook(): boolean {
    return !this.#hasLooked;
  }

  /**
   * Takes the newest commands of the log, newest first; gives those that came since the last look. `runId` is that of the
   * server: ids start anew with it.
   */
  read(newestFirst: readonly SlowCommand[], runId: string | undefined): SlowLogNews {
    const isRestarted = this.#runId !== undefined && runId !== undefined && runId !== this.#runId;
    const last = isRestarted ? undefined : this.#lastId;
    const commands = newestFirst.filter(({ id }) => last === undefined || id > last).toReversed();
    const isFirstLook = this.isFirstLook;
    this.#hasLooked = true;
    this.#runId = runId ?? this.#runId;
    this.#lastId = newestFirst[0]?.id ?? last;
    if (isFirstLook) return { commands: [], missed: 0 };
    const oldest = commands[0]?.id;
    return { commands, missed: last === undefined || oldest === undefined ? 0 : oldest - last - 1 };
  }
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(reply: Reply | undefined): reply is readonly Reply[] {
  return Array.isArray(reply);
}
