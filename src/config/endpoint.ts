import type { Place } from './place.ts';
import type { ValueType } from './value-type.ts';

/**
 * The base of an OTLP/HTTP backend, to which `/v1/metrics` and `/v1/logs` are appended. Gives the URL without the slash at
 * its end.
 */
export const baseEndpoint: ValueType<string> = {
  wanted: 'a URL, http or https',
  read(place) {
    const url = readUrl(place);
    if (url === undefined) return undefined;
    const signalPath = /\/v1\/(?:metrics|logs|traces)\/*$/.exec(url.pathname)?.[0];
    if (signalPath !== undefined) {
      return place.reject(
        `wanted the base of the URL, found one that ends in "${signalPath}", which is appended by itself; leave it out`,
      );
    }
    if (url.search !== '' || url.hash !== '') {
      return place.reject(
        'wanted a URL without "?" and "#", because a path is appended to it; give whole URLs as metrics_endpoint and logs_endpoint',
      );
    }
    return url.href.replace(/\/+$/, '');
  },
};

/** The whole URL of one signal, used as it is. */
export const signalEndpoint: ValueType<string> = {
  wanted: 'a URL, http or https',
  read: (place) => readUrl(place)?.href,
};

/** A URL as it may be printed: a query may hold a token. */
export function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '');
}

function readUrl(place: Place): URL | undefined {
  const wanted = 'a URL that starts with http:// or https://';
  const written = place.text?.trim();
  if (written === undefined) return place.rejectFound(wanted);
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (url === undefined || !/^https?:\/\//i.test(written)) {
    return mayHoldSecret(written)
      ? place.reject(`wanted ${wanted}, found something else`)
      : place.rejectFound(wanted);
  }
  if (url.username !== '' || url.password !== '') {
    return place.reject(
      'wanted a URL without a user and a password in it; give an "authorization" header instead',
    );
  }
  if (url.port === '4317') {
    place.warn(
      'port 4317 is where backends usually speak gRPC, which is not spoken here; OTLP over HTTP is usually at port 4318',
    );
  }
  return url;
}

function mayHoldSecret(written: string): boolean {
  return /[@?]/.test(written);
}
