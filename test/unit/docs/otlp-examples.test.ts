import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configurationOf } from '../config/config-folder.ts';
import { showMapping } from './show-mapping.ts';

const document = readFileSync(new URL('../../../docs/otlp-examples.md', import.meta.url), 'utf8');
const blocks = [...document.matchAll(/^```text\n([^]*?)^```$/gm)].map(([, block]) => block ?? '');

/** Settings, line and OTLP of each example; the settings at the head of a block hold for all of it. */
const examples = blocks.flatMap((block) => {
  const settings = /^otel {2}(.+)$/m.exec(block)?.[1] ?? '{}';
  const pairs = block.matchAll(/^line {2}(.+)\notlp {2}(.+)$/gm);
  return [...pairs].map(([, line, otlp]) => ({ settings, line: line ?? '', otlp: otlp ?? '' }));
});

describe('docs/otlp-examples.md', () => {
  it('shows examples only in the form that is looked for here', () => {
    const written = blocks.join('').match(/^line /gm);
    expect(examples).toHaveLength(written?.length ?? 0);
    expect(examples.length).toBeGreaterThan(10);
  });

  it.each(examples)('is right about $line with $settings', async ({ settings, line, otlp }) => {
    const { otel } = configurationOf(`{ otel: ${settings} }`);
    expect(await showMapping(line, otel)).toBe(otlp);
  });
});
