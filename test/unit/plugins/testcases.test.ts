import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { foldersIn, pluginNames, PLUGINS } from './plugin.ts';
import { expectedOutcome, runTestcase } from './run-testcase.ts';

/** Every folder `plugins/<plugin>/testcases/<case>`: a new one needs no code. */
const cases = pluginNames.flatMap((plugin) =>
  foldersIn(path.join(PLUGINS, plugin, 'testcases')).map((name) => ({ plugin, name })),
);

describe('test cases of the plugins', () => {
  it.each(cases)('$plugin writes what is expected in the case "$name"', async ({ plugin, name }) => {
    expect(await runTestcase(plugin, name)).toEqual(expectedOutcome(plugin, name));
  });
});
