import { readFileSync } from 'node:fs';
import { BadMonitorConfiguration } from 'scalyr-otel-bridge';
import type { HttpRequest, MonitorConfig } from 'scalyr-otel-bridge';
import { caFile, certFile, keyFile, verifyHttps } from './options.ts';

/** How a server is asked over https. Throws BadMonitorConfiguration when a file cannot be read, or one of a pair is missing. */
export function readTls(config: MonitorConfig): NonNullable<HttpRequest['tls']> {
  const ca = readPem(config.get(caFile), caFile.name);
  const cert = readPem(config.get(certFile), certFile.name);
  const key = readPem(config.get(keyFile), keyFile.name);
  if ((cert === undefined) !== (key === undefined)) {
    const [given, missing] = cert === undefined ? [keyFile, certFile] : [certFile, keyFile];
    throw new BadMonitorConfiguration(
      `Cannot use "${given.name}" without "${missing.name}": the server wants to see a certificate and its key`,
      missing.name,
    );
  }
  return {
    verify: config.get(verifyHttps),
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
  };
}

function readPem(file: string | undefined, field: string): string | undefined {
  if (file === undefined || file === '') return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new BadMonitorConfiguration(
      `Cannot read "${file}" of field "${field}": ${reason}; give a PEM file that the collector's user can read`,
      field,
      { cause },
    );
  }
}
