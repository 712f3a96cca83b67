import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { SampleInput } from '../../../test/unit/plugins/run-testcase.ts';
import { parseReply } from '../parse-reply.ts';
import type { Reply } from '../parse-reply.ts';
import type { Redis } from '../redis-connection.ts';
import type { RedisMonitor } from '../redis_monitor.ts';

/**
 * A Redis that gives recorded replies: `SLOWLOG GET 1` is answered with the bytes in `slowlog-get-1.resp`. Each reply
 * takes a quarter of a millisecond.
 */
export function setUp(monitor: RedisMonitor, { folder }: SampleInput): void {
  let elapsedMs = 0;
  current.set(monitor, folder);
  monitor.elapsedMs = () => elapsedMs;
  monitor.connect = async (): Promise<Redis> => ({
    isOpen: true,
    close: () => {},
    call: async (...command) => {
      elapsedMs += 0.25;
      return readReply(current.get(monitor) ?? '', command);
    },
  });
}

/** The folder of the current sample; the connection of the first one stays. */
const current = new WeakMap<RedisMonitor, string>();

function readReply(folder: string, command: readonly string[]): Reply {
  const file = path.join(folder, `${command.join('-').toLowerCase()}.resp`);
  const bytes = existsSync(file) ? readFileSync(file) : Buffer.from('*0\r\n');
  return parseReply(bytes)?.reply ?? null;
}
