import { readFileSync } from 'node:fs';
import type { ConfigObject } from 'scalyr-otel-bridge';
import { describe, expect, it } from 'vitest';
import { plainValue } from '../../src/config/config-node.ts';
import { parseDialect } from '../../src/config/parse-dialect.ts';
import { RecordingContext } from '../../test/unit/monitor/recording-context.ts';
import { RandomCoin } from './random_coin.ts';

/** A coin whose throws are given; the time stands still. */
function makeCoin(config: ConfigObject, throws: number[]): { coin: RandomCoin; lines: string[] } {
  const context = new RecordingContext({ module: 'random_coin', config });
  const coin = new RandomCoin(context);
  coin.random = () => throws.shift() ?? 0;
  return { coin, lines: context.lines };
}

describe('random_coin', () => {
  it('emits both metrics with the number of the sample', () => {
    const { coin, lines } = makeCoin({}, [0.98, 1 - Math.exp(-2), 0, 0.5, 0, 0]);
    coin.gatherSample();
    coin.gatherSample();
    expect(lines).toEqual([
      '2023-11-14 22:13:20.123Z [random_coin()] uniform 0.98 count=1\n',
      '2023-11-14 22:13:20.123Z [random_coin()] gauss 1 count=1\n',
      '2023-11-14 22:13:20.123Z [random_coin()] uniform 0.5 count=2\n',
      '2023-11-14 22:13:20.123Z [random_coin()] gauss 0.5 count=2\n',
    ]);
  });

  it('takes mean and standard deviation from its entry', () => {
    const { coin, lines } = makeCoin({ gauss_mean: 3, gauss_stddev: 0 }, [0, 0.4, 0.7]);
    coin.gatherSample();
    expect(lines[1]).toContain(' gauss 3 ');
  });

  it.each([
    [{ gauss_mean: 11 }, 'Value of 11.0 in field "gauss_mean" is invalid; maximum is 10'],
    [{ gauss_mean: 'high' }, 'Could not parse value high for field "gauss_mean" as numeric type float'],
    [{ gauss_stddev: -1 }, 'Value of -1.0 in field "gauss_stddev" is invalid; minimum is 0'],
  ])('refuses %j', (config, message) => {
    expect(() => makeCoin(config, [])).toThrow(message);
  });

  it('has a sample configuration that runs two coins', () => {
    const text = readFileSync(new URL('agent.json', import.meta.url), 'utf8');
    const outcome = parseDialect(text, { file: 'agent.json' });
    const document = outcome.kind === 'ok' ? plainValue(outcome.document) : outcome.problem;
    const { monitors } = document as unknown as { monitors: ConfigObject[] };
    const coins = monitors.map((config) => makeCoin(config, []).coin);
    expect(coins.map((coin) => coin.sampleIntervalSecs)).toEqual([1, 1]);
  });

  it('never emits a number that is none, whatever is thrown', () => {
    const { coin, lines } = makeCoin({}, [0, 0, 0]);
    coin.random = () => 1 - Number.EPSILON / 2;
    coin.gatherSample();
    expect(lines.join('')).not.toContain('null');
  });
});
