import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli-process.ts';
import { CollectorFolder } from '../support/collector-folder.ts';

describe('secrets of the configuration', () => {
  it.each(['thread', 'process'])(
    'are not in the environment of a monitor in a %s, by whatever name the configuration takes them',
    async (isolation) => {
      const headers = { 'x-named': { env: 'NAMED' }, 'x-imported': 'Bearer $IMPORTED' };
      const folder = new CollectorFolder({
        import_vars: ['IMPORTED'],
        monitors: [],
        otel: { backends: [{ endpoint: 'http://127.0.0.1:1', headers }] },
      });

      const { stdout } = await runCli(
        [
          'run-monitor',
          '-a',
          'agent.json',
          '-c',
          `{ isolation: "${isolation}" }`,
          '--samples',
          '1',
          'shows-environment',
        ],
        { cwd: folder.path, environment: { NAMED: 'secret', IMPORTED: 'secret', ORDINARY: 'no secret' } },
      );

      expect(stdout).toContain('ORDINARY');
      expect(stdout).not.toContain('NAMED');
      expect(stdout).not.toContain('IMPORTED');
    },
  );
});
