import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Does something with a fresh folder, which goes afterwards; after a failure it stays, to be looked at. */
export async function inTemporaryFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), 'scalyr-otel-bench-'));
  const result = await work(folder);
  await rm(folder, { recursive: true });
  return result;
}
