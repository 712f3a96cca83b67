import { describe, expect, it } from 'vitest';
import { splitBySignal } from '../../../src/pump/split-by-signal.ts';
import { lineBlock, linesOf } from '../../support/line-block.ts';

describe('splitBySignal', () => {
  it('passes a block of one signal on as it is', () => {
    const metrics = lineBlock('m(1)', ['a 1', 'b 2']);
    const logs = lineBlock('m(1)', ['log: a', 'log: b']);
    expect(splitBySignal(metrics)).toEqual({ metrics });
    expect(splitBySignal(metrics).metrics).toBe(metrics);
    expect(splitBySignal(logs)).toEqual({ logs });
    expect(splitBySignal(logs).logs).toBe(logs);
  });

  it('splits a block of both signals and keeps the order in each', () => {
    const { metrics, logs } = splitBySignal(
      lineBlock('m(1)', ['a 1', 'log: x\ny', 'b 2', 'c 3', 'log: é', 'd 4']),
    );
    expect(metrics).toEqual(lineBlock('m(1)', ['a 1', 'b 2', 'c 3', 'd 4']));
    expect(logs).toEqual(lineBlock('m(1)', ['log: x\ny', 'log: é']));
  });

  it('looks only at the lines that the block has', () => {
    const block = { ...lineBlock('m(1)', ['a 1']), isLog: Uint8Array.of(0, 1, 1) };
    expect(linesOf([splitBySignal(block).metrics ?? expect.fail('no metrics')])).toEqual(['a 1']);
    expect(splitBySignal(block).logs).toBeUndefined();
  });
});
