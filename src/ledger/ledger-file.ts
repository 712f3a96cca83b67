import { readFile } from 'node:fs/promises';
import { errorCode } from '../log/error-code.ts';
import type { Logger } from '../log/logger.ts';
import { replaceJsonFile } from './replace-json-file.ts';
import type { StoredLedger } from './stored-ledger.ts';

/**
 * Reads what {@link writeLedger} wrote; undefined when there is nothing yet. A file that cannot be understood begins a
 * new ledger, which the log says; the books of delivery are in the spools and do not suffer. Rejects when the file is
 * there and cannot be read.
 */
export async function readLedger(path: string, logger: Logger): Promise<StoredLedger | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const stored = parse(text);
  if (stored === undefined) {
    const message = `The ledger "${path}" cannot be understood; counts of emitted and logged lines begin again at zero`;
    logger.error(message);
  }
  return stored;
}

/** Writes the ledger, whole or not at all. */
export function writeLedger(path: string, stored: StoredLedger): Promise<void> {
  return replaceJsonFile(path, stored);
}

function parse(text: string): StoredLedger | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isStoredLedger(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isStoredLedger(value: unknown): value is StoredLedger {
  if (!isObject(value) || value['version'] !== 1) return false;
  const { monitors, appended } = value;
  if (!isObject(monitors) || !isObject(appended)) return false;
  return [...Object.values(monitors), ...Object.values(appended)].every(isCounts);
}

function isCounts(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((count) => Number.isSafeInteger(count));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
