import * as fc from 'fast-check';
import { describe, it } from 'vitest';
import { BACKENDS, SpoolModel } from './spool-model.ts';

type Step = (model: SpoolModel) => Promise<void> | void;

const counts = fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 3 });
const append = fc.tuple(counts, fc.constantFrom(20, 100, 900)).map(
  ([lines, width]): Step =>
    (model) =>
      model.append(lines, width),
);
const deliver = fc.tuple(fc.constantFrom(...BACKENDS), fc.nat({ max: 8 })).map(
  ([backend, records]): Step =>
    (model) =>
      model.deliver(backend, records),
);
const release = fc.constant<Step>((model) => {
  model.release();
});
const reopen = fc.constant<Step>((model) => model.reopen());
const kill = fc.tuple(counts, fc.integer({ min: 1, max: 2_000 })).map(
  ([lines, bytes]): Step =>
    (model) =>
      model.killDuringAppend(lines, bytes),
);
const fillDisk = fc.nat({ max: 500 }).map((bytes): Step => (model) => {
  model.fillDisk(bytes);
});
const freeDisk = fc.constant<Step>((model) => {
  model.freeDisk();
});
const wait = fc.nat({ max: 1_500 }).map(
  (ms): Step =>
    (model) =>
      model.advance(ms),
);
const losePower = fc.nat({ max: 2_000 }).map(
  (kept): Step =>
    (model) =>
      model.losePower(kept),
);

async function run(steps: readonly Step[]): Promise<void> {
  const model = new SpoolModel();
  await model.open();
  for (const step of steps) await step(model);
  await model.drain();
}

describe('a spool is a list', () => {
  it('under append, delivery, release, eviction, reopening, kill -9 at any byte and a full disk', async () => {
    const steps = fc.array(
      fc.oneof(append, append, deliver, release, reopen, kill, fillDisk, freeDisk, wait),
      {
        maxLength: 40,
      },
    );

    await fc.assert(fc.asyncProperty(steps, run), { numRuns: 300 });
  });

  it('under power losses as well, which take lines but no count', async () => {
    const steps = fc.array(fc.oneof(append, append, deliver, deliver, release, wait, losePower), {
      maxLength: 40,
    });

    await fc.assert(fc.asyncProperty(steps, run), { numRuns: 300 });
  });
});
