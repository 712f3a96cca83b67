import * as fc from 'fast-check';
import { describe, it } from 'vitest';
import { LedgerModel } from './ledger-model.ts';

type Step = (model: LedgerModel) => void;

const monitor = fc.constantFrom('a()', 'b()');
const signal = fc.constantFrom('metrics', 'logs');
const lines = fc.integer({ min: 1, max: 9 });
const emit = fc.record({ monitor, signal, count: lines }).map(
  (round): Step =>
    (model) =>
      model.emit(round),
);
const append = fc.constant<Step>((model) => model.append());
const log = fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 3 })).map(
  ([limited, failed]): Step =>
    (model) =>
      model.log(limited, failed),
);
const settle = fc.tuple(signal, monitor, lines).map(
  ([to, of, most]): Step =>
    (model) =>
      model.settle(to, of, most),
);
const store = fc.constant<Step>((model) => model.store());
const kill = fc.constant<Step>((model) => model.kill());

describe('the ledger balances', () => {
  it('at every moment, whatever happens in whatever order, and over kill -9', () => {
    const steps = fc.array(fc.oneof(emit, append, log, settle, store, kill), { maxLength: 60 });

    fc.assert(
      fc.property(steps, (some) => {
        const model = new LedgerModel();
        model.settle('metrics', 'a()', 0);
        model.store();
        for (const step of some) {
          step(model);
          model.check();
        }
      }),
      { numRuns: 500 },
    );
  });
});
