import { describe, expect, it } from 'vitest';
import type { SlowCommand } from './slow-log.ts';
import { SlowLogReader } from './slow-log.ts';

function command(id: number): SlowCommand {
  return { id, timeSecs: 0, microseconds: 1, command: 'GET', isUtf8: true };
}

describe('SlowLogReader', () => {
  it('takes what it sees first for old', () => {
    const reader = new SlowLogReader();
    expect(reader.read([command(7), command(6)], 'a')).toEqual({ commands: [], missed: 0 });
    expect(reader.isFirstLook).toBe(false);
  });

  it('gives what is new, oldest first', () => {
    const reader = new SlowLogReader();
    reader.read([command(6)], 'a');
    expect(reader.read([command(8), command(7), command(6)], 'a').commands).toEqual([command(7), command(8)]);
    expect(reader.read([command(8), command(7)], 'a').commands).toEqual([]);
  });

  it('counts what was pushed out in between', () => {
    const reader = new SlowLogReader();
    reader.read([command(6)], 'a');
    expect(reader.read([command(11), command(10)], 'a')).toEqual({
      commands: [command(10), command(11)],
      missed: 3,
    });
  });

  it('takes no command for new after SLOWLOG RESET, and misses none', () => {
    const reader = new SlowLogReader();
    reader.read([command(6)], 'a');
    expect(reader.read([], 'a')).toEqual({ commands: [], missed: 0 });
    expect(reader.read([command(7)], 'a')).toEqual({ commands: [command(7)], missed: 0 });
  });

  it('starts anew with a server that was started again', () => {
    const reader = new SlowLogReader();
    reader.read([command(600)], 'a');
    expect(reader.read([command(1), command(0)], 'b').commands).toEqual([command(0), command(1)]);
  });
});
