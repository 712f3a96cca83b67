import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameReader } from '../../../src/host/frame-reader.ts';
import { createRing, HEAD, viewRing } from '../../../src/host/thread/ring-layout.ts';
import { RingReader } from '../../../src/host/thread/ring-reader.ts';
import { RingWriter } from '../../../src/host/thread/ring-writer.ts';
import type { LineBlock, Signal } from '../../../src/metric-line/line-block.ts';

interface Line {
  readonly text: string;
  readonly signal: Signal;
}

/** A ring whose writer and reader share one thread: where the writer would sleep, the reader takes something. */
class RingUnderTest {
  readonly memory: SharedArrayBuffer;
  readonly writer: RingWriter;
  readonly ring: RingReader;
  readonly reader: FrameReader;
  readonly received: Line[] = [];
  wakes = 0;

  constructor(capacityBytes: number) {
    this.memory = createRing(capacityBytes);
    this.writer = new RingWriter(this.memory, {
      wake: () => {
        this.wakes += 1;
      },
      wait: () => this.drain(3),
    });
    this.ring = new RingReader(this.memory);
    this.reader = new FrameReader('m()', (maxBytes) => this.ring.take(maxBytes));
  }

  drain(maxBytes: number): boolean {
    const block = this.reader.drain(maxBytes);
    if (block !== undefined) this.received.push(...linesOf(block));
    return block !== undefined;
  }

  drainAll(maxBytes = 1024): void {
    while (this.drain(maxBytes));
  }
}

function linesOf(block: LineBlock): Line[] {
  let from = 0;
  return Array.from(block.lengths, (length, i) => {
    const text = block.text.toString('utf8', from, from + length);
    from += length;
    return { text, signal: block.isLog[i] === 1 ? 'logs' : 'metrics' };
  });
}

const line = fc.record({
  text: fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => `${text}\n`),
  signal: fc.constantFrom<Signal>('metrics', 'logs'),
});

describe('the line ring', () => {
  it('gives lines and their signals back as they were written', () => {
    const ring = new RingUnderTest(256);
    ring.writer.write('a 1\n', 'metrics');
    ring.writer.write('é "text"\nand more\n', 'logs');

    const block = ring.reader.drain(1024);

    expect(block).toEqual({
      monitor: 'm()',
      count: 2,
      lengths: Uint32Array.of(4, 19),
      isLog: Uint8Array.of(0, 1),
      text: Buffer.from('a 1\né "text"\nand more\n'),
    });
  });

  it('gives the same lines for any sequence of writes and drains, however small the ring', () => {
    const step = fc.oneof(line, fc.integer({ min: 1, max: 100 }));
    fc.assert(
      fc.property(fc.constantFrom(16, 32, 64, 256), fc.array(step, { maxLength: 60 }), (capacity, steps) => {
        const ring = new RingUnderTest(capacity);
        const written: Line[] = [];
        for (const each of steps) {
          if (typeof each === 'number') {
            ring.drain(each);
          } else {
            ring.writer.write(each.text, each.signal);
            written.push(each);
          }
        }
        ring.drainAll();
        expect(ring.received).toEqual(written);
      }),
    );
  });

  it('goes on when its counters pass 2^32', () => {
    const memory = createRing(64);
    const { control } = viewRing(memory);
    control.fill(-20, HEAD, HEAD + 2);
    const writer = new RingWriter(memory, { wake: () => {} });
    const ring = new RingReader(memory);
    const reader = new FrameReader('m()', (maxBytes) => ring.take(maxBytes));

    const received = [1, 2, 3, 4].map((n) => {
      writer.write(`value ${n}\n`, 'metrics');
      return reader.drain(64)?.text.toString();
    });

    expect(received).toEqual(['value 1\n', 'value 2\n', 'value 3\n', 'value 4\n']);
  });

  it('never delivers the unfinished frame of a writer that died', () => {
    const memory = createRing(64);
    const ring = new RingReader(memory);
    const reader = new FrameReader('m()', (maxBytes) => ring.take(maxBytes));
    const dyingWriter = new RingWriter(memory, {
      wake: () => {},
      wait: () => {
        throw new Error('terminated');
      },
    });
    dyingWriter.write('whole\n', 'metrics');
    expect(() => dyingWriter.write(`${'x'.repeat(200)}\n`, 'metrics')).toThrow('terminated');

    const blocks = [reader.drain(1024), reader.drain(1024)];

    expect(blocks.map((block) => block?.text.toString())).toEqual(['whole\n', undefined]);
  });

  it('wakes the reader once until the reader has found nothing', () => {
    const ring = new RingUnderTest(256);

    ring.writer.write('a\n', 'metrics');
    ring.writer.write('b\n', 'metrics');
    expect(ring.wakes).toBe(1);

    ring.drain(1024);
    ring.writer.write('c\n', 'metrics');
    expect(ring.wakes).toBe(1);

    ring.drainAll();
    ring.writer.write('d\n', 'metrics');
    expect(ring.wakes).toBe(2);
  });

  it('gives up waiting for room when the reader closes it', () => {
    const memory = createRing(16);
    const ring = new RingReader(memory);
    const writer = new RingWriter(memory, { wake: () => {}, wait: () => ring.close() });

    expect(writer.write('does not fit in here\n', 'metrics')).toBe(false);
  });

  it('does not sleep through a change that comes just before it sleeps', () => {
    const memory = createRing(16);
    const ring = new RingReader(memory);
    const slept: string[] = [];
    const writer = new RingWriter(memory, {
      wake: () => {},
      wait: (control, index, value) => {
        ring.take(16);
        slept.push(Atomics.wait(control, index, value, 1000));
      },
    });

    writer.write('longer than the ring is wide\n', 'metrics');

    expect(new Set(slept)).toEqual(new Set(['not-equal']));
  });

  it('refuses a line of more than a megabyte and takes the next one', () => {
    const ring = new RingUnderTest(64);

    expect(() => ring.writer.write(`${'x'.repeat(1024 * 1024)}\n`, 'metrics')).toThrow(
      'Cannot emit a line of 1048577 bytes: a line may have at most 1048576; emit a shorter text',
    );
    ring.writer.write('next\n', 'metrics');
    ring.drainAll();

    expect(ring.received).toEqual([{ text: 'next\n', signal: 'metrics' }]);
  });

  it.each([0, 8, 100, 2 ** 31])('cannot be made with a capacity of %d', (capacityBytes) => {
    expect(() => createRing(capacityBytes)).toThrow(RangeError);
  });

  it('refuses a ring that a plugin has written to, instead of reading it round and round', () => {
    const ring = new RingUnderTest(64);
    viewRing(ring.memory).control[HEAD] = -1;

    expect(() => ring.drainAll()).toThrow(
      new TypeError('Cannot read the ring of lines: it says that it holds 4294967295 bytes'),
    );
  });
});
