import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { replaceJsonFile } from '../ledger/replace-json-file.ts';
import { errorCode } from '../log/error-code.ts';
import type { Logger } from '../log/logger.ts';
import type { MetricMetadata } from './delivery-contract.ts';

/** Metrics by the line's monitor part. */
export type DefinitionsByMonitor = ReadonlyMap<string, readonly MetricMetadata[]>;

/**
 * What monitors have declared of their metrics, kept beside the spools: lines of a backlog are sent after a restart,
 * before their monitor says anything, or when it is not configured any more.
 */
export class StoredDefinitions {
  readonly #path: string;
  readonly #logger: Logger;
  readonly #known: Map<string, readonly MetricMetadata[]>;
  #isWritten = true;
  #writing: Promise<void> | undefined;

  private constructor(path: string, logger: Logger, known: DefinitionsByMonitor) {
    this.#path = path;
    this.#logger = logger;
    this.#known = new Map(known);
  }

  /** Reads the file; one that cannot be understood counts as empty. Rejects when it is there and cannot be read. */
  static async open(path: string, logger: Logger): Promise<StoredDefinitions> {
    return new StoredDefinitions(path, logger, parse(await readIfThere(path)) ?? new Map());
  }

  get all(): DefinitionsByMonitor {
    return this.#known;
  }

  /** Takes note of what a monitor declares, in place of what it declared before; false when that is the same. */
  define(monitor: string, metrics: readonly MetricMetadata[]): boolean {
    if (isDeepStrictEqual(this.#known.get(monitor), metrics)) return false;
    this.#known.set(monitor, metrics);
    this.#isWritten = false;
    this.#writing ??= this.#write();
    return true;
  }

  /** Resolves when the file holds everything, or cannot be written, which the log says. */
  async close(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    while (!this.#isWritten) {
      this.#isWritten = true;
      await this.#writeOnce();
    }
    this.#writing = undefined;
  }

  async #writeOnce(): Promise<void> {
    try {
      await replaceJsonFile(this.#path, { version: 1, metrics: Object.fromEntries(this.#known) });
    } catch (error) {
      const message = `Cannot write units and descriptions of metrics to "${this.#path}": after a restart, older values are sent without them`;
      this.#logger.warn(message, { error });
    }
  }
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    const message = `Cannot read units and descriptions of metrics from "${path}": ${String(error)}; remove it, older values are then sent without them`;
    throw new Error(message, { cause: error });
  }
}

function parse(text: string): DefinitionsByMonitor | undefined {
  try {
    const content: unknown = JSON.parse(text);
    if (!isObject(content) || content['version'] !== 1 || !isObject(content['metrics'])) return undefined;
    const known = new Map<string, readonly MetricMetadata[]>();
    for (const [monitor, metrics] of Object.entries(content['metrics'])) {
      if (!Array.isArray(metrics) || !metrics.every(isMetadata)) return undefined;
      known.set(monitor, metrics);
    }
    return known;
  } catch {
    return undefined;
  }
}

function isMetadata(value: unknown): value is MetricMetadata {
  return (
    isObject(value) &&
    typeof value['name'] === 'string' &&
    typeof value['description'] === 'string' &&
    typeof value['cumulative'] === 'boolean' &&
    (value['unit'] === undefined || typeof value['unit'] === 'string')
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
