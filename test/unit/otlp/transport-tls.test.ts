import { execFileSync } from 'node:child_process';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { FIXTURES, NEVER, REQUEST, startBackend, startTlsBackend, transportTo } from './support/backend.ts';

describe('TLS', () => {
  const caFile = join(FIXTURES, 'ca.pem');

  it('trusts the configured CA', async () => {
    const endpoint = await startTlsBackend();
    expect(await transportTo(endpoint, { tls: { caFile } }).send(REQUEST, NEVER)).toMatchObject({
      kind: 'accepted',
    });
  });

  it('calls the endpoint wrong when the certificate does not verify', async () => {
    const endpoint = await startTlsBackend();
    expect(await transportTo(endpoint).send(REQUEST, NEVER)).toMatchObject({
      kind: 'endpoint-wrong',
      reason: expect.stringMatching(/UNABLE_TO_VERIFY_LEAF_SIGNATURE/),
    });
  });

  it('shows its own certificate to a backend that asks for it', async () => {
    const endpoint = await startTlsBackend({ requestCert: true, ca: await readFile(caFile) });
    const certFile = join(FIXTURES, 'client.pem');
    const keyFile = join(FIXTURES, 'client.key');
    expect(
      await transportTo(endpoint, { tls: { caFile, certFile, keyFile } }).send(REQUEST, NEVER),
    ).toMatchObject({
      kind: 'accepted',
    });
    expect(await transportTo(endpoint, { tls: { caFile } }).send(REQUEST, NEVER)).toMatchObject({
      kind: 'endpoint-wrong',
    });
  });

  it('ends at the deadline, also when a file of the configuration cannot be read to its end', async () => {
    const pipe = join(temporaryFolder(), 'ca.pem');
    execFileSync('mkfifo', [pipe]);
    const transport = transportTo('https://127.0.0.1:1', { tls: { caFile: pipe }, timeoutMs: 20 });
    expect(await transport.send(REQUEST, NEVER)).toEqual({
      kind: 'retry',
      reason: 'no complete answer within 20 ms',
    });
    await writeFile(pipe, '');
  });

  it('reads a certificate again when its file has changed', async () => {
    const endpoint = await startTlsBackend();
    const changing = join(temporaryFolder(), 'ca.pem');
    const transport = transportTo(endpoint, { tls: { caFile: changing } });
    await copyFile(join(FIXTURES, 'client.pem'), changing);
    expect(await transport.send(REQUEST, NEVER)).toMatchObject({ kind: 'endpoint-wrong' });
    await copyFile(caFile, changing);
    expect(await transport.send(REQUEST, NEVER)).toMatchObject({ kind: 'accepted' });
  });

  it('names the file that cannot be read', async () => {
    const missing = join(temporaryFolder(), 'gone.pem');
    const outcome = await transportTo('https://127.0.0.1:1', { tls: { caFile: missing } }).send(
      REQUEST,
      NEVER,
    );
    expect(outcome).toMatchObject({
      kind: 'endpoint-wrong',
      reason: expect.stringContaining(`TLS file "${missing}" cannot be read: ENOENT`),
    });
  });

  it('calls the endpoint wrong when plain HTTP answers there', async () => {
    const { endpoint } = await startBackend();
    const outcome = await transportTo(endpoint.replace('http:', 'https:'), { tls: { caFile } }).send(
      REQUEST,
      NEVER,
    );
    expect(outcome.kind).toBe('endpoint-wrong');
  });
});
