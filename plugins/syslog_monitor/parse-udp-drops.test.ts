import { describe, expect, it } from 'vitest';
import { parseUdpDrops } from './parse-udp-drops.ts';

const HEAD =
  '   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops\n';

describe('parseUdpDrops', () => {
  it('finds the drops of the port at its address', () => {
    const table =
      `${HEAD}  123: 00000000:3C9A 00000000:0000 07 00000000:00000000 00:00000000 00000000  0  0 1 2 0000000000000000 5\n` +
      '  123: 0100007F:3C9A 00000000:0000 07 00000000:00000000 00:00000000 00000000  0  0 2 2 0000000000000000 718\n';
    expect(parseUdpDrops(table, { host: '127.0.0.1', port: 15_514 })).toBe(718);
    expect(parseUdpDrops(table, { host: '0.0.0.0', port: 15_514 })).toBe(5);
    expect(parseUdpDrops(table, { host: '127.0.0.1', port: 15_515 })).toBe(0);
  });

  it('knows nothing where the system has no such table', () => {
    expect(parseUdpDrops('', { host: '::1', port: 514 })).toBe(0);
  });
});
