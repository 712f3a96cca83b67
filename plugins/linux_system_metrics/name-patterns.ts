import { readPattern } from 'scalyr-otel-bridge';

/** Whether a mount point is meant by a pattern of the shell, in which `*` and `?` stand for `/` as well. */
export function matchesGlob(mount: string, pattern: string): boolean {
  const source = pattern.replace(/\[!?[^\]]+\]|[*?]|[^*?[]|\[/g, (part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    if (part.length > 1) return part.replace(/^\[!/, '[^').replaceAll('\\', '\\\\');
    return part.replace(/[\\^$.|+()[\]{}]/, '\\$&');
  });
  return new RegExp(`^${source}$`, 's').test(mount);
}

/** Matches the whole names of the interfaces to measure. Throws BadMonitorConfiguration. */
export function interfacePattern(prefixes: readonly string[], suffix: string): RegExp {
  const beginnings = prefixes.map(
    (prefix) => readPattern(prefix, { field: 'network_interface_prefixes' }).source,
  );
  const end = readPattern(suffix, { field: 'network_interface_suffix' }).source;
  return new RegExp(`^(?:${beginnings.join('|')})(?:${end})$`);
}
