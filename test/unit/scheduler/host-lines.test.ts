import { describe, expect, it } from 'vitest';
import { HostLines } from '../../../src/scheduler/host-lines.ts';
import { settle } from '../../support/fake-clock.ts';
import { FakeHost } from '../../support/fake-host.ts';
import { linesOf } from '../../support/line-block.ts';

const LISTENER = { onReadable: () => {}, onDiagnostic: () => {} };

function drainAll(lines: HostLines): string[] {
  const taken: string[] = [];
  for (let block = lines.drain(1000); block !== undefined; block = lines.drain(1000))
    taken.push(...linesOf([block]));
  return taken;
}

describe('HostLines', () => {
  it('gives what a dead host emitted before what its successor emits', async () => {
    const lines = new HostLines('fake()');
    const dead = new FakeHost(LISTENER);
    const alive = new FakeHost(LISTENER);
    lines.add(dead);
    dead.emit('fake()', 'one', 'two');
    dead.emit('fake()', 'last words');
    dead.exit({ reason: 'crashed', message: 'it crashed' });
    await settle();
    lines.add(alive);
    alive.emit('fake()', 'here again');
    expect(drainAll(lines)).toEqual(['one', 'two', 'last words', 'here again']);
    alive.emit('fake()', 'and again');
    expect(drainAll(lines)).toEqual(['and again']);
  });

  it('has nothing before the first host', () => {
    expect(drainAll(new HostLines('fake()'))).toEqual([]);
  });
});
