import { expect, it } from 'vitest';
import { runCli } from '../support/cli-process.ts';
import { CollectorFolder } from '../support/collector-folder.ts';

it('names the one bad monitor of many that `check` looks at in one thread', async () => {
  const good = Array.from({ length: 9 }, (_, index) => ({ module: 'exits-on-order', id: `good${index}` }));
  const folder = new CollectorFolder({
    monitors: [...good, { module: 'exits-on-order', id: 'bad', exit: true }],
  });

  const { code, stdout, stderr } = await runCli(['check'], { cwd: folder.path });

  expect(code).toBe(2);
  expect(stdout.match(/exits-on-order\(good\d\): every 30 s, in a (shared )?thread/g)).toHaveLength(9);
  expect(stdout).toContain('exits-on-order(bad): has a problem');
  expect(stderr).toMatch(/monitor exits-on-order\(bad\): /);
});
