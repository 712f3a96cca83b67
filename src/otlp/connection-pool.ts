import { readFile, stat } from 'node:fs/promises';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { TlsSettings } from '../config/configuration.ts';
import { cleanMessage } from './clean-message.ts';
import { TlsFileError } from './network-error.ts';

interface Secured {
  readonly agent: HttpsAgent;
  /** Identity of the files that the agent was made from. */
  readonly version: string;
}

/**
 * The connection of one sender, kept open between requests. Certificates and keys are read again when their files change,
 * so a renewed certificate needs no restart.
 */
export class ConnectionPool {
  readonly #tls: TlsSettings;
  readonly #plain: HttpAgent | undefined;
  #secured: Secured | undefined;

  constructor(protocol: 'http:' | 'https:', tls: TlsSettings) {
    this.#tls = tls;
    this.#plain = protocol === 'http:' ? new HttpAgent({ keepAlive: true, maxSockets: 1 }) : undefined;
  }

  /** Rejects with a {@link TlsFileError} when a file cannot be read. */
  async agent(): Promise<HttpAgent> {
    if (this.#plain !== undefined) return this.#plain;
    const version = await this.#version();
    if (this.#secured?.version !== version) {
      this.#secured?.agent.destroy();
      this.#secured = { agent: await this.#securedAgent(), version };
    }
    return this.#secured.agent;
  }

  close(): void {
    this.#plain?.destroy();
    this.#secured?.agent.destroy();
  }

  async #securedAgent(): Promise<HttpsAgent> {
    const { caFile, certFile, keyFile } = this.#tls;
    return new HttpsAgent({
      keepAlive: true,
      maxSockets: 1,
      ...(caFile !== undefined && { ca: await read(caFile) }),
      ...(certFile !== undefined && { cert: await read(certFile) }),
      ...(keyFile !== undefined && { key: await read(keyFile) }),
    });
  }

  async #version(): Promise<string> {
    const files = [this.#tls.caFile, this.#tls.certFile, this.#tls.keyFile].filter(
      (file) => file !== undefined,
    );
    const versions = await Promise.all(files.map(versionOf));
    return versions.join(' ');
  }
}

async function versionOf(file: string): Promise<string> {
  const { ino, size, mtimeMs } = await orTlsFileError(file, stat(file));
  return `${ino}:${size}:${mtimeMs}`;
}

function read(file: string): Promise<Buffer> {
  return orTlsFileError(file, readFile(file));
}

async function orTlsFileError<T>(file: string, action: Promise<T>): Promise<T> {
  try {
    return await action;
  } catch (cause) {
    const why = cleanMessage(cause instanceof Error ? cause.message : String(cause));
    throw new TlsFileError(`TLS file "${file}" cannot be read: ${why}`, { cause });
  }
}
