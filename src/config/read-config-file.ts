import { readFileSync, statSync } from 'node:fs';
import { isNativeError } from 'node:util/types';

/** More than any configuration needs; a larger file is a mistake, such as a log in the place of it. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;

export type FileOutcome =
  | { readonly kind: 'ok'; readonly text: string }
  | {
      readonly kind: 'failed';
      readonly message: string;
      /** The place of a byte that is not UTF-8, from 1. */
      readonly place?: { readonly line: number; readonly column: number };
    };

/** Reads a text file, UTF-8 with or without a byte order mark, of at most 10 MiB. Never throws, never waits for a pipe. */
export function readConfigFile(path: string): FileOutcome {
  try {
    const found = statSync(path);
    if (found.isDirectory()) return failed(path, 'it is a folder: wanted a file');
    if (!found.isFile()) return failed(path, 'it is a device or a pipe: wanted a file');
    if (found.size > MAX_FILE_BYTES)
      return failed(path, `it has ${found.size} bytes: wanted at most ${MAX_FILE_BYTES}`);
    return decode(path, readFileSync(path));
  } catch (error) {
    return failed(path, reasonOf(error));
  }
}

/** The name that the system gives an error, such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  return isNativeError(error) && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The words for an error of the file system. */
export function reasonOf(error: unknown): string {
  return REASONS[errorCode(error) ?? ''] ?? (isNativeError(error) ? error.message : String(error));
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'its symbolic links go round in a circle',
};

function failed(path: string, reason: string): FileOutcome & { readonly kind: 'failed' } {
  return { kind: 'failed', message: `cannot read "${path}": ${reason}` };
}

function decode(path: string, bytes: Buffer): FileOutcome {
  const text = decodeUtf8(bytes);
  if (text !== undefined) return { kind: 'ok', text };
  return { ...failed(path, 'a byte is not UTF-8: save the file in UTF-8'), place: firstBadPlace(bytes) };
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** A line break is a byte of its own in UTF-8, so the first line that does not decode holds the first bad byte. */
function firstBadPlace(bytes: Buffer): { line: number; column: number } {
  let start = 0;
  for (let line = 1; ; line++) {
    const lineBreak = bytes.indexOf('\n', start);
    const end = lineBreak < 0 ? bytes.length : lineBreak;
    const content = bytes.subarray(start, end);
    if (decodeUtf8(content) === undefined) {
      return { line, column: content.toString('utf8').indexOf('\ufffd') + 1 };
    }
    if (lineBreak < 0) return { line, column: 1 };
    start = lineBreak + 1;
  }
}
