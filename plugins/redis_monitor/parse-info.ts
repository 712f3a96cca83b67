import { Float } from 'scalyr-otel-bridge';

/** What a replica says of itself to its master. */
export interface Replica {
  /** `<ip>:<port>` */
  readonly address: string;
  readonly offset: number;
  /** Seconds since the master heard of it. */
  readonly lagSecs: number;
}

/** A database that has keys. */
export interface Keyspace {
  /** `db0` … */
  readonly db: string;
  readonly keys: number;
  readonly expires: number;
  /** Milliseconds. */
  readonly avgTtl: number;
}

/** The values of Redis' INFO by their names, without its headings. */
export function parseInfo(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0 && !line.startsWith('#')) values.set(line.slice(0, colon), line.slice(colon + 1));
  }
  return values;
}

/** A value of INFO as a number: whole ones as such, others as Float; undefined when it is none. */
export function toNumber(text: string | undefined): number | bigint | Float | undefined {
  if (text === undefined || !/^-?\d+(\.\d+)?$/.test(text)) return undefined;
  const number = Number(text);
  if (text.includes('.')) return new Float(number);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

/** The databases that have keys, `db0:keys=1,expires=0,avg_ttl=0` each. */
export function keyspacesOf(info: ReadonlyMap<string, string>): Keyspace[] {
  return partsOfMembers(info, /^db\d+$/).map(({ name, parts }) => ({
    db: name,
    keys: Number(parts.get('keys')),
    expires: Number(parts.get('expires')),
    avgTtl: Number(parts.get('avg_ttl')),
  }));
}

/** The replicas of a master, `slave0:ip=…,port=…,state=online,offset=…,lag=…` each. */
export function replicasOf(info: ReadonlyMap<string, string>): Replica[] {
  return partsOfMembers(info, /^slave\d+$/).map(({ parts }) => ({
    address: `${parts.get('ip')}:${parts.get('port')}`,
    offset: Number(parts.get('offset')),
    lagSecs: Number(parts.get('lag')),
  }));
}

interface Member {
  readonly name: string;
  readonly parts: ReadonlyMap<string, string>;
}

function partsOfMembers(info: ReadonlyMap<string, string>, names: RegExp): Member[] {
  return Array.from(info)
    .filter(([name]) => names.test(name))
    .map(([name, text]) => ({
      name,
      parts: new Map(
        Array.from(text.matchAll(/([^=,]+)=([^,]*)/g), ([, key = '', value = '']) => [key, value]),
      ),
    }));
}
