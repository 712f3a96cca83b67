import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { hasPython } from './test/support/has-python.ts';

const alias = { 'scalyr-otel-bridge': fileURLToPath(new URL('src/monitor/index.ts', import.meta.url)) };

if (!hasPython)
  process.stderr.write('There is no python3 of 3.8 or later: the tests of Python monitors are left out\n');

/** Where .ci/run wants a report of each run, to count the tests. */
const reports = process.env['TEST_REPORT_DIR'];

export default defineConfig({
  test: {
    ...(reports !== undefined && {
      reporters: ['default', 'json'],
      outputFile: { json: path.join(reports, `vitest-${process.pid}.json`) },
    }),
    projects: [
      {
        resolve: { alias },
        test: { name: 'unit', include: ['test/unit/**/*.test.ts', 'plugins/**/*.test.ts'] },
      },
      {
        resolve: { alias },
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          exclude: hasPython ? [] : ['test/e2e/python/**'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'backend',
          include: ['test/backend/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'servers',
          include: ['test/servers/**/*.test.ts'],
          globalSetup: ['test/servers/support/install-servers.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
