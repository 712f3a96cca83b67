import type { ProcessExit, UnsentBytes } from '../process/launched-process.ts';
import { asFields, asNumber, asString, parseJson, type Fields } from '../json-fields.ts';

/** What the launcher says (see docs/host-protocol.md). */
export type LauncherMessage =
  | { readonly type: 'ready'; readonly version: string; readonly executable: string }
  /** The Python is older than the host program can do with. */
  | { readonly type: 'too-old'; readonly version: string; readonly executable: string }
  /** What monitors need could not be imported. */
  | { readonly type: 'unusable'; readonly message: string }
  | { readonly type: 'launched'; readonly token: string; readonly pid: number }
  | { readonly type: 'failed'; readonly token: string; readonly message: string }
  | ({ readonly type: 'exited'; readonly token: string } & ProcessExit);

/** Reads a message; undefined when it is none. */
export function parseLauncherMessage(text: string): LauncherMessage | undefined {
  const fields = asFields(parseJson(text));
  if (fields === undefined) return undefined;
  const message = asString(fields['message']) ?? 'unknown';
  switch (fields['type']) {
    case 'ready':
    case 'too-old':
      return { type: fields['type'], ...parseVersion(fields) };
    case 'unusable':
      return { type: 'unusable', message };
    default: {
      const token = asString(fields['token']);
      return token === undefined ? undefined : parseAboutProcess(fields, { token, message });
    }
  }
}

function parseVersion(fields: Fields): { readonly version: string; readonly executable: string } {
  const version = asString(fields['version']) ?? 'unknown';
  return { version, executable: asString(fields['executable']) ?? 'unknown' };
}

function parseAboutProcess(
  fields: Fields,
  { token, message }: { readonly token: string; readonly message: string },
): LauncherMessage | undefined {
  const pid = asNumber(fields['pid']);
  switch (fields['type']) {
    case 'launched':
      return pid === undefined ? undefined : { type: 'launched', token, pid };
    case 'failed':
      return { type: 'failed', token, message };
    case 'exited':
      return { type: 'exited', token, how: asString(fields['how']) ?? '', ...parseUnsent(fields) };
    default:
      return undefined;
  }
}

function parseUnsent(fields: Fields): { readonly unsent?: UnsentBytes } {
  const offset = asNumber(fields['offset']);
  const lines = asString(fields['lines']);
  if (offset === undefined || lines === undefined) return {};
  return { unsent: { offset, bytes: Buffer.from(lines, 'base64') } };
}
