import { cleanMessage } from './clean-message.ts';
import type { SendOutcome } from './send-outcome.ts';

const SAID = new Map([
  ['ECONNREFUSED', 'connection refused'],
  ['ECONNRESET', 'connection closed by the other side'],
  ['EPIPE', 'connection closed by the other side'],
  ['ENOTFOUND', 'host name not found'],
  ['EAI_AGAIN', 'host name could not be looked up'],
  ['ETIMEDOUT', 'connection timed out'],
  ['EHOSTUNREACH', 'host unreachable'],
  ['ENETUNREACH', 'network unreachable'],
]);

/** Codes that come from a certificate, a handshake or an answer that is not HTTP: time alone does not heal them. */
const WRONG_ENDPOINT =
  /^(CERT_|ERR_TLS_|ERR_SSL_|ERR_OSSL_|HPE_|EPROTO$|ERR_INVALID_|DEPTH_ZERO_SELF_SIGNED_CERT$|SELF_SIGNED_CERT_IN_CHAIN$|UNABLE_TO_|HOSTNAME_MISMATCH$|INVALID_CA$|ERR_UNESCAPED_)/;

/** A TLS file of the configuration that cannot be used; the message says which and why. */
export class TlsFileError extends Error {}

/** What follows from a request that got no answer. */
export function outcomeOfError(error: unknown): SendOutcome {
  const code = codeOf(error);
  const reason = describe(error, code);
  if (error instanceof TlsFileError || WRONG_ENDPOINT.test(code)) return { kind: 'endpoint-wrong', reason };
  return { kind: 'retry', reason };
}

function describe(error: unknown, code: string): string {
  const said = SAID.get(code);
  if (said !== undefined) return `${said} (${code})`;
  const message = cleanMessage(error instanceof Error ? error.message : String(error));
  return code === '' || message.includes(code) ? message : `${message} (${code})`;
}

/** The error's code; of the first one inside when several addresses were tried. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof AggregateError ? codeOf(error.errors[0]) : '';
}
