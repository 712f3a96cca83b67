import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { SampleInput } from '../../../test/unit/plugins/run-testcase.ts';
import type { MysqlClient, Row } from '../driver.ts';
import type { MysqlMonitor } from '../mysql_monitor.ts';

/**
 * A driver that gives recorded answers: `SHOW GLOBAL STATUS` is answered with the table in `show-global-status.tsv`, as
 * `mariadb --batch` prints it, `SHOW ENGINE INNODB STATUS` with the report in `.txt`. With a file `.error`, a code and a
 * message, the statement is refused; with `connect.error` the connection.
 */
export function setUp(monitor: MysqlMonitor, { folder }: SampleInput): void {
  const client: MysqlClient = {
    query: async ({ sql }) => {
      const file = path.join(
        folder,
        sql
          .replace(/ WHERE .*/, '')
          .replaceAll(' ', '-')
          .toLowerCase(),
      );
      refuse(`${file}.error`);
      return [
        existsSync(`${file}.txt`) ? [{ Status: readIfThere(`${file}.txt`) }] : readTable(`${file}.tsv`),
        [],
      ];
    },
    destroy: () => {},
    on: () => {},
  };
  monitor.loadDriver = () => ({
    createConnection: async () => {
      refuse(path.join(folder, 'connect.error'));
      return client;
    },
  });
}

function refuse(file: string): void {
  const [, code, message] = /^(\S+) (.*)/.exec(readIfThere(file)) ?? [];
  if (code !== undefined) throw Object.assign(new Error(message), { code });
}

function readTable(file: string): Row[] {
  const [heads = [], ...rows] = readIfThere(file)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'));
  return rows.map((cells) =>
    Object.fromEntries(heads.map((head, index) => [head, cells[index] === 'NULL' ? null : cells[index]])),
  );
}

function readIfThere(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
