import { readFile } from 'node:fs/promises';
import { HttpFailure } from 'scalyr-otel-bridge';

/**
 * The token in a file. Kubernetes writes a new one every hour, so it is read for each request. Throws HttpFailure, which
 * never shows what is in the file.
 */
export async function readToken(file: string): Promise<string> {
  const token = (await read(file, 'k8s_service_account_token')).trim();
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new HttpFailure(`Cannot use "${file}": it holds no token; correct k8s_service_account_token`);
}

/** The certificates in a file, which may change as well. Throws HttpFailure. */
export async function readCertificates(file: string): Promise<string> {
  return read(file, 'k8s_kubelet_ca_cert');
}

async function read(file: string, field: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new HttpFailure(
      `Cannot read "${file}": ${code}; let the pod have its service account (automountServiceAccountToken), or ` +
        `correct ${field}`,
      { cause },
    );
  }
}
