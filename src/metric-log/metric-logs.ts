import path from 'node:path';
import type { Clock } from '../clock/clock.ts';
import type { MetricLogRequest } from '../monitor/monitor-description.ts';
import type { Logger } from '../log/logger.ts';
import type { LineBlock } from '../metric-line/line-block.ts';
import { allLines, limitLines } from './limit-lines.ts';
import type { LimitedLines } from './limit-lines.ts';
import { logFileSystem } from './log-file-system.ts';
import type { LogFileSystem } from './log-file-system.ts';
import type { OwnedLines } from './log-lines.ts';
import { MetricLogFile } from './metric-log-file.ts';
import type { Rotation } from './metric-log-file.ts';
import { MetricLog } from './metric-log.ts';
import type { MetricLogLedger } from './metric-log-ledger.ts';
import { isLimited, RateLimiter } from './rate-limit.ts';

export interface MetricLogsOptions {
  /** Folder that relative paths start from; absolute. */
  readonly agentLogPath: string;
  /** Of files whose monitors ask for none. */
  readonly rotation: Rotation;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly ledger: MetricLogLedger;
  readonly fileSystem?: LogFileSystem;
}

/** The way of one monitor's lines. */
interface Route {
  readonly request: MetricLogRequest;
  readonly log: MetricLog;
  /** A bucket of its own for each monitor, so that one cannot use up another's share of a common file. */
  readonly limiter: RateLimiter | undefined;
  readonly delayMs: number;
}

interface LogRotation extends Rotation {
  readonly log: MetricLog;
}

/** All metric logs: which monitor writes to which file, and how much. Monitors that name the same path share the file. */
export class MetricLogs {
  readonly #options: MetricLogsOptions;
  readonly #routes = new Map<string, Route>();
  readonly #logs = new Map<string, LogRotation>();

  constructor(options: MetricLogsOptions) {
    this.#options = options;
  }

  /**
   * Says what a monitor, `module(id)`, wants of its metric log. Saying the same again (after a restart of its host)
   * changes nothing. Of several monitors that share a file, the first one's rotation counts.
   */
  register(monitor: string, request: MetricLogRequest): void {
    const known = this.#routes.get(monitor);
    if (known !== undefined && sameRequest(known.request, request)) return;
    this.#routes.set(monitor, {
      request,
      log: this.#logAt(monitor, request),
      limiter: isLimited(request) ? new RateLimiter(request) : undefined,
      delayMs: request.flushDelaySecs * 1000,
    });
  }

  /**
   * Writes blocks in order. Resolves when every line is in its file, counted in the ledger as lost, or held back for its
   * monitor's flush delay. Never rejects.
   */
  async write(blocks: readonly LineBlock[]): Promise<void> {
    const perLog = new Map<MetricLog, { lines: OwnedLines[]; delayMs: number }>();
    for (const block of blocks) {
      const { log, limiter, delayMs } = this.#routeOf(block.monitor);
      const lines = this.#limit(block, limiter);
      if (lines.length === 0) continue;
      const batch = perLog.get(log);
      if (batch === undefined) {
        perLog.set(log, { lines: [...lines], delayMs });
      } else {
        batch.lines.push(...lines);
        batch.delayMs = Math.min(batch.delayMs, delayMs);
      }
    }
    await Promise.all([...perLog].map(([log, { lines, delayMs }]) => log.write(lines, delayMs)));
  }

  /** Writes what is held back. */
  async flush(): Promise<void> {
    await Promise.all([...this.#logs.values()].map(({ log }) => log.flush()));
  }

  /** Writes what is held back and closes the files; a later write opens them again. */
  async close(): Promise<void> {
    await Promise.all([...this.#logs.values()].map(({ log }) => log.close()));
  }

  #limit(block: LineBlock, limiter: RateLimiter | undefined): readonly OwnedLines[] {
    const limited: LimitedLines =
      limiter === undefined ? allLines(block) : limitLines(block, limiter, this.#options.clock.monotonic());
    const { accepted, rateLimited } = limited;
    if (rateLimited > 0) {
      this.#options.ledger.metricLog(block.monitor, { written: 0, rateLimited, failed: 0 });
    }
    return accepted;
  }

  #routeOf(monitor: string): Route {
    const known = this.#routes.get(monitor);
    if (known !== undefined) return known;
    // Lines emitted in initialize, before the monitor has said what it wants.
    return this.#defaultRoute(monitor);
  }

  #defaultRoute(monitor: string): Route {
    const module = monitor.slice(0, monitor.indexOf('('));
    const request: MetricLogRequest = {
      path: `${module}.log`,
      writeRate: 2000,
      maxWriteBurst: 100_000,
      flushDelaySecs: 0,
    };
    this.register(monitor, request);
    return this.#routeOf(monitor);
  }

  #logAt(monitor: string, request: MetricLogRequest): MetricLog {
    const { agentLogPath, rotation, clock, fileSystem = logFileSystem } = this.#options;
    const filePath = path.resolve(agentLogPath, request.path);
    const maxBytes = request.rotationMaxBytes ?? rotation.maxBytes;
    const backupCount = request.rotationBackupCount ?? rotation.backupCount;
    const shared = this.#logs.get(filePath);
    if (shared !== undefined) {
      if (shared.maxBytes !== maxBytes || shared.backupCount !== backupCount) {
        this.#options.logger.warn(
          `Metric log "${filePath}" keeps the rotation of the first monitor that writes to it: log_rotation_max_bytes ${shared.maxBytes} and log_rotation_backup_count ${shared.backupCount}, not ${maxBytes} and ${backupCount}`,
          { monitor },
        );
      }
      return shared.log;
    }
    const file = new MetricLogFile(filePath, { rotation: { maxBytes, backupCount }, clock, fileSystem });
    const log = new MetricLog(file, this.#options);
    this.#logs.set(filePath, { log, maxBytes, backupCount });
    return log;
  }
}

function sameRequest(a: MetricLogRequest, b: MetricLogRequest): boolean {
  return (
    a.path === b.path &&
    a.writeRate === b.writeRate &&
    a.maxWriteBurst === b.maxWriteBurst &&
    a.flushDelaySecs === b.flushDelaySecs &&
    a.rotationMaxBytes === b.rotationMaxBytes &&
    a.rotationBackupCount === b.rotationBackupCount
  );
}
