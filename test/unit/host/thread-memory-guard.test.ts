import { Worker } from 'node:worker_threads';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { ThreadMemoryGuard } from '../../../src/host/thread/thread-memory-guard.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

it('goes on watching where no file can be opened to read the memory of the process', async () => {
  vi.spyOn(process.memoryUsage, 'rss').mockImplementation(() => {
    throw new Error('EMFILE: too many open files, uv_resident_set_memory');
  });
  const worker = new Worker('setInterval(() => {}, 1000)', { eval: true });
  const guard = new ThreadMemoryGuard();
  const usedBytes = await new Promise<number>((resolve) => {
    onTestFinished(guard.watch(worker, 1, resolve));
  });
  expect(usedBytes).toBeGreaterThan(1);
  await worker.terminate();
});
