import type { MonitorLogger } from 'scalyr-otel-bridge';
import { Float } from 'scalyr-otel-bridge';
import { infoNames } from './metrics.ts';
import { keyspacesOf, parseInfo, replicasOf, toNumber } from './parse-info.ts';
import { ReplyError } from './parse-reply.ts';
import type { Reply } from './parse-reply.ts';
import type { Redis, RedisAddress } from './redis-connection.ts';
import { formatSecs, parseSlowLog, SlowLogReader } from './slow-log.ts';

type Info = ReadonlyMap<string, string>;

/** How one server is watched. */
export interface RedisServerSetup {
  readonly address: RedisAddress;
  readonly connect: () => Promise<Redis>;
  readonly elapsedMs: () => number;
  readonly logger: MonitorLogger;
  readonly wanted: {
    readonly info: boolean;
    readonly latency: boolean;
    readonly replication: boolean;
    readonly slowLogLines: number;
  };
  readonly errorIntervalSecs: number;
  readonly utf8IntervalSecs: number;
}

/** A server with its connection, which is made anew when it broke, and what was seen of its slow log. */
export class RedisServer {
  /** `<host>:<port>`, as in the lines. */
  readonly name: string;
  readonly #setup: RedisServerSetup;
  readonly #slowLog = new SlowLogReader();
  #connection: Redis | undefined;

  constructor(setup: RedisServerSetup) {
    this.#setup = setup;
    this.name = `${setup.address.host}:${setup.address.port}`;
  }

  /** Emits all values of the server. Rejects with RedisFailure when it cannot be reached. */
  async sample(): Promise<void> {
    const { wanted } = this.#setup;
    const redis = await this.#connect();
    if (this.#slowLog.isFirstLook) await this.#readSlowLog(redis, { lines: 1 });
    const info = parseInfo(toText(await this.#ask(redis, 'INFO')));
    if (wanted.info) this.#emitInfo(info);
    if (wanted.replication) this.#emitReplication(info);
    if (wanted.latency) await this.#emitLatencies(redis);
    await this.#readSlowLog(redis, { lines: wanted.slowLogLines, runId: info.get('run_id') });
  }

  async #connect(): Promise<Redis> {
    if (this.#connection?.isOpen !== true) this.#connection = await this.#setup.connect();
    return this.#connection;
  }

  /** The reply, or null when the server refuses the command: the others may be allowed. */
  async #ask(redis: Redis, ...command: readonly string[]): Promise<Reply> {
    const reply = await redis.call(...command);
    if (!(reply instanceof ReplyError)) return reply;
    const hint = reply.message.startsWith('NOAUTH')
      ? 'give the password of this host'
      : 'allow it to this user';
    this.#setup.logger.error(`Redis at "${this.name}" refuses ${command[0]}: ${reply.message}; ${hint}`, {
      limitOncePerSecs: this.#setup.errorIntervalSecs,
      limitKey: `refused ${command[0]} ${this.name}`,
    });
    return null;
  }

  #emitInfo(info: Info): void {
    const { logger } = this.#setup;
    for (const name of infoNames) {
      const value = toNumber(info.get(name));
      if (value !== undefined) logger.emitValue(`redis.${name}`, value, { host: this.name });
    }
    for (const { db, keys, expires, avgTtl } of keyspacesOf(info)) {
      const fields = { db, host: this.name };
      logger.emitValue('redis.keyspace.keys', keys, fields);
      logger.emitValue('redis.keyspace.expires', expires, fields);
      logger.emitValue('redis.keyspace.avg_ttl', avgTtl, fields);
    }
  }

  /** A replica does not know how far it is behind: only a master says something. */
  #emitReplication(info: Info): void {
    const { logger } = this.#setup;
    const offset = toNumber(info.get('master_repl_offset'));
    if (info.get('role') !== 'master' || offset === undefined) return;
    logger.emitValue('redis.replication.offset', offset, { host: this.name });
    for (const replica of replicasOf(info)) {
      const fields = { host: this.name, replica: replica.address };
      logger.emitValue('redis.replication.replica_offset', replica.offset, fields);
      logger.emitValue('redis.replication.offset_difference', Number(offset) - replica.offset, fields);
      logger.emitValue('redis.replication.lag', replica.lagSecs, fields);
    }
  }

  async #emitLatencies(redis: Redis): Promise<void> {
    const { elapsedMs, logger } = this.#setup;
    const start = elapsedMs();
    await this.#ask(redis, 'PING');
    logger.emitValue('redis.latency.ping', new Float(elapsedMs() - start), { host: this.name });
    const events = await this.#ask(redis, 'LATENCY', 'LATEST');
    for (const event of listOf(events)) {
      const [name, , latest, max] = listOf(event);
      const fields = { event: toText(name), host: this.name };
      logger.emitValue('redis.latency.latest', Number(latest), fields);
      logger.emitValue('redis.latency.max', Number(max), fields);
    }
  }

  async #readSlowLog(
    redis: Redis,
    { lines, runId }: { readonly lines: number; readonly runId?: string | undefined },
  ): Promise<void> {
    const reply = await this.#ask(redis, 'SLOWLOG', 'GET', `${lines}`);
    if (reply === null) return;
    const { commands, missed } = this.#slowLog.read(parseSlowLog(reply), runId);
    for (const { command, microseconds, timeSecs } of commands) {
      const fields = { command, exectime: microseconds, host: this.name, ts: formatSecs(timeSecs) };
      this.#setup.logger.emitValue('redis', 'slowlog', fields);
    }
    if (missed > 0) this.#warnOfMissed(missed);
    if (commands.some(({ isUtf8 }) => !isUtf8)) this.#warnOfBytes();
  }

  #warnOfMissed(missed: number): void {
    this.#setup.logger.warn(
      `${missed} commands of the slow log of Redis at "${this.name}" were pushed out before they were read: raise ` +
        'lines_to_fetch and slowlog-max-len, or lower sample_interval',
      { limitOncePerSecs: this.#setup.errorIntervalSecs, limitKey: `missed ${this.name}` },
    );
  }

  #warnOfBytes(): void {
    if (this.#setup.utf8IntervalSecs === 0) return;
    this.#setup.logger.warn(
      `The slow log of Redis at "${this.name}" has commands that are no UTF-8: what cannot be read is replaced by "\uFFFD"`,
      { limitOncePerSecs: this.#setup.utf8IntervalSecs, limitKey: `utf8 ${this.name}` },
    );
  }
}

function toText(reply: Reply | undefined): string {
  return Buffer.isBuffer(reply) ? reply.toString() : '';
}

function listOf(reply: Reply | undefined): readonly Reply[] {
  return Array.isArray(reply) ? reply : [];
}
