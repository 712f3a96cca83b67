import { readFileSync } from 'node:fs';
import { findPackageRoot } from './package-root.ts';

/** The version in package.json. */
export function packageVersion(): string {
  const content: unknown = JSON.parse(readFileSync(new URL('package.json', findPackageRoot()), 'utf8'));
  const version =
    typeof content === 'object' && content !== null && 'version' in content ? content.version : '';
  return String(version);
}
