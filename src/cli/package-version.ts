import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../host/package-files.ts';

/** The version in package.json. */
export function packageVersion(): string {
  const content: unknown = JSON.parse(readFileSync(path.join(packageRoot, 'package.json'), 'utf8'));
  const version =
    typeof content === 'object' && content !== null && 'version' in content ? content.version : '';
  return String(version);
}
