import type { BackendSettings } from '../config/configuration.ts';
import type { Signal } from '../metric-line/line-block.ts';

/** Where a backend takes a signal: the URL given for it, otherwise `/v1/metrics` or `/v1/logs` below the endpoint. */
export function signalUrl(
  backend: Pick<BackendSettings, 'endpoint' | 'signalEndpoints'>,
  signal: Signal,
): URL {
  const own = backend.signalEndpoints[signal];
  if (own !== undefined) return new URL(own);
  const url = new URL(backend.endpoint);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/v1/${signal}`;
  return url;
}

/** The same for people: without query, which may hold a token. */
export function printableUrl(
  backend: Pick<BackendSettings, 'endpoint' | 'signalEndpoints'>,
  signal: Signal,
): string {
  const url = signalUrl(backend, signal);
  return `${url.origin}${url.pathname}`;
}
