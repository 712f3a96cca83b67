import { expect, it, onTestFinished, vi } from 'vitest';
import { MonitorRunner } from '../../../src/host/inside/monitor-runner.ts';

it('finishes a sample where no file can be opened to read the memory of the process', async () => {
  const memoryUsage = vi.spyOn(process, 'memoryUsage').mockImplementation(() => {
    throw new Error('EMFILE: too many open files, uv_resident_set_memory');
  });
  onTestFinished(() => memoryUsage.mockRestore());
  const reason = await new Promise((exit) => {
    const runner = new MonitorRunner({ send: () => {}, writeLine: () => {}, exit });
    runner.handle({ type: 'gather' });
    runner.handle({ type: 'stop' });
  });
  expect(reason).toBe('stopped');
});
