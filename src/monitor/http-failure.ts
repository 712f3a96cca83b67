/** What a monitor was about to fetch. */
interface Attempt {
  readonly url: URL;
  readonly request: {
    readonly timeoutSecs: number;
    readonly sourceAddress?: string;
    readonly socketPath?: string;
    readonly signal: AbortSignal;
  };
  /** The deadline was reached, or the monitor is being stopped. */
  readonly gaveUp: boolean;
}

/** A web server gave no answer that could be used. The message is for the user: what was tried, what came, what to do. */
export class HttpFailure extends Error {
  override readonly name = 'HttpFailure';

  /** Says why `error` came of the attempt. */
  static of(error: unknown, attempt: Attempt): HttpFailure {
    if (error instanceof HttpFailure && error.message.startsWith('Cannot ')) return error;
    return new HttpFailure(`Cannot fetch ${placeOf(attempt)}: ${reasonOf(error, attempt)}`, { cause: error });
  }
}

/** What is shown of a URL: its query and its user may be secret. */
export function shown({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

function placeOf({ url, request: { socketPath } }: Attempt): string {
  return socketPath === undefined ? `"${shown(url)}"` : `"${url.pathname}" from the socket "${socketPath}"`;
}

function reasonOf(error: unknown, { request, gaveUp }: Attempt): string {
  if (request.signal.aborted) return 'the monitor is being stopped';
  if (gaveUp) return `no complete answer within ${request.timeoutSecs} s`;
  const code = codeOf(error);
  if (NOT_FROM_HERE.has(code) && request.sourceAddress !== undefined) {
    return (
      `it cannot be reached from the source address "${request.sourceAddress}" (${code}); set the source address to ` +
      'one of this machine that leads there'
    );
  }
  const reasons = request.socketPath === undefined ? REASONS : SOCKET_REASONS;
  const reason = reasons.find(({ codes }) => codes.test(code))?.reason;
  const message = error instanceof Error ? error.message : String(error);
  return reason === undefined ? message : `${reason} (${code})`;
}

const NOT_FROM_HERE: ReadonlySet<string> = new Set([
  'EADDRNOTAVAIL',
  'EINVAL',
  'ENETUNREACH',
  'EHOSTUNREACH',
]);

interface Reason {
  readonly codes: RegExp;
  readonly reason: string;
}

const REASONS: readonly Reason[] = [
  {
    codes: /^ECONNREFUSED$/,
    reason: 'connection refused; start the server, or correct the host and the port',
  },
  { codes: /^(ENOTFOUND|EAI_AGAIN)$/, reason: 'the name of the host is not known; correct it' },
  { codes: /^(ECONNRESET|EPIPE)$/, reason: 'the server closed the connection' },
  { codes: /^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/, reason: 'the host cannot be reached' },
  { codes: /^HPE_/, reason: 'what answers there does not speak HTTP; correct the port, or use https://' },
  {
    codes: /^(EPROTO|ERR_SSL_)/,
    reason: 'what answers there does not speak TLS; correct the port, or use http://',
  },
  {
    codes: /CERT|ERR_TLS_|UNABLE_TO_|HOSTNAME_MISMATCH/,
    reason:
      "the server's certificate is not trusted; give the certificate of its authority, or correct the host",
  },
];

const SOCKET_REASONS: readonly Reason[] = [
  { codes: /^(ENOENT|ENOTDIR)$/, reason: 'there is no such socket; start the server, or correct the path' },
  {
    codes: /^(EACCES|EPERM)$/,
    reason: "permission denied; make the collector's user a member of the group that may write to the socket",
  },
  {
    codes: /^ECONNREFUSED$/,
    reason: 'connection refused: nothing listens there; start the server, or correct the path',
  },
  { codes: /^(ENOTSOCK|EPROTOTYPE)$/, reason: 'what is there is no socket of a server; correct the path' },
  { codes: /^HPE_/, reason: 'what answers there does not speak HTTP; correct the path' },
  ...REASONS,
];

/** The error's code; of the first one inside when several addresses were tried. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof AggregateError ? codeOf(error.errors[0]) : '';
}
