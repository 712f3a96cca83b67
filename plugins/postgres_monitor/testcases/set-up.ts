import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { SampleInput } from '../../../test/unit/plugins/run-testcase.ts';
import type { PostgresClient, Row } from '../driver.ts';
import { columns } from '../metrics.ts';
import type { PostgresMonitor } from '../postgres_monitor.ts';

/**
 * A driver that answers with the row in `row.txt`, a column and its value in each line; with `error.txt`, a code and a
 * message, it does not connect.
 */
export function setUp(monitor: PostgresMonitor, { folder }: SampleInput): void {
  class RecordedClient implements PostgresClient {
    async connect(): Promise<void> {
      const [[code, message] = []] = readPairs(path.join(folder, 'error.txt'));
      if (code !== undefined) throw Object.assign(new Error(message), { code });
    }
    async query(): Promise<{ rows: readonly Row[] }> {
      const values = new Map(readPairs(path.join(folder, 'row.txt')));
      return {
        rows: [
          Object.fromEntries(
            columns.map(({ expression }, index) => [`c${index}`, values.get(expression) ?? null]),
          ),
        ],
      };
    }
    async end(): Promise<void> {}
    on(): void {}
  }
  monitor.loadDriver = () => ({ Client: RecordedClient });
}

/** The first word of each line, and the rest of it. */
function readPairs(file: string): [string, string][] {
  if (!existsSync(file)) return [];
  return Array.from(readFileSync(file, 'utf8').matchAll(/^(\S+) +(.*)$/gm), ([, key = '', value = '']) => [
    key,
    value,
  ]);
}
