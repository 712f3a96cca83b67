import type { Address } from './listener.ts';

/**
 * What to tell of a port that cannot be opened; undefined for an IPv6 address on a machine without IPv6, which is no
 * failure.
 */
export function listenFailure({ protocol, host, port }: Address, error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const isIpv6Off = code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT';
  if (isIpv6Off && host.includes(':')) return undefined;
  const reason = reasonOf(code, port) ?? (error instanceof Error ? error.message : String(error));
  return `Cannot listen on ${protocol} port ${port} of ${host}: ${reason}`;
}

function reasonOf(code: string, port: number): string | undefined {
  if (code === 'EACCES') {
    return (
      'permission denied; ports below 1024 need the capability CAP_NET_BIND_SERVICE (AmbientCapabilities of the systemd ' +
      `unit, or setcap on node); or set protocols to a higher port and let the firewall redirect ${port} to it (EACCES)`
    );
  }
  if (code === 'EADDRINUSE') {
    return 'something else listens there; end it (ss -lntup shows it), or set protocols to another port (EADDRINUSE)';
  }
  return undefined;
}
