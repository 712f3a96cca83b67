/** One number of the report, or the sum of several: lines that the pattern matches, each with numbers in its groups. */
interface Reading {
  readonly metric: string;
  readonly pattern: RegExp;
}

/** The forms of MySQL 5 to 8 and of MariaDB; each knows some of these lines. */
const READINGS: readonly Reading[] = [
  { metric: 'oswait_array.reservation_count', pattern: /^OS WAIT ARRAY INFO: reservation count (\d+)/gm },
  { metric: 'oswait_array.signal_count', pattern: /^OS WAIT ARRAY INFO:.*signal count (\d+)/gm },
  {
    metric: 'locks.spin_waits',
    pattern: /^(?:Mutex|RW-\w+) spin(?:s| waits) (\d+), rounds \d+, OS waits \d+/gm,
  },
  { metric: 'locks.rounds', pattern: /^(?:Mutex|RW-\w+) spin(?:s| waits) \d+, rounds (\d+), OS waits \d+/gm },
  {
    metric: 'locks.os_waits',
    pattern: /^(?:Mutex|RW-\w+) spin(?:s| waits) \d+, rounds \d+, OS waits (\d+)/gm,
  },
  { metric: 'history_list_length', pattern: /^History list length (\d+)/gm },
  { metric: 'innodb.ibuf.size', pattern: /^Ibuf: size (\d+)/gm },
  { metric: 'innodb.ibuf.free_list_len', pattern: /^Ibuf: size \d+, free list len (\d+)/gm },
  { metric: 'innodb.ibuf.seg_size', pattern: /^Ibuf: size \d+, free list len \d+, seg size (\d+)/gm },
  { metric: 'innodb.ibuf.inserts', pattern: /^(\d+) inserts, \d+ merged recs/gm },
  {
    metric: 'innodb.ibuf.merged_recs',
    pattern:
      /^\d+ inserts, (\d+) merged recs|^merged operations:\s*insert (\d+), delete mark (\d+), delete (\d+)/gm,
  },
  {
    metric: 'innodb.ibuf.merges',
    pattern: /^\d+ inserts, \d+ merged recs, (\d+) merges|^Ibuf: size .*, (\d+) merges/gm,
  },
  { metric: 'queries_queued', pattern: /^\d+ queries inside InnoDB, (\d+) queries in queue/gm },
  { metric: 'opened_read_views', pattern: /^(\d+) read views open inside InnoDB/gm },
];

/** What is taken from the report of SHOW ENGINE INNODB STATUS, as `mysql.innodb.<name>`; what it does not say is not there. */
export function parseInnodbStatus(report: string): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const { metric, pattern } of READINGS) {
    const numbers = Array.from(report.matchAll(pattern), ([, ...groups]) =>
      groups.map((group) => Number(group ?? 0)),
    ).flat();
    if (numbers.length > 0)
      values.set(
        `mysql.innodb.${metric}`,
        numbers.reduce((sum, number) => sum + number, 0),
      );
  }
  return values;
}
