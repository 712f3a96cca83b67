import { describe, expect, it } from 'vitest';
import { configurationOf } from './config-folder.ts';

describe('import_vars', () => {
  it.each([
    ['["X"]', '$X and x$Xy', 'sub and xsuby'],
    ['["X"]', '${X} $Y', '${X} $Y'],
    ['["X", "XY"]', '$X $XY $XYZ', 'sub longer longerZ'],
    ['["NONE"]', 'a$NONE.b', 'a.b'],
    ['["EMPTY"]', 'a$EMPTY.b', 'a.b'],
    ['[{ var: "NONE", default: "d" }, { var: "X", default: "d" }]', '$NONE $X', 'd sub'],
    ['[{ var: "NONE", default: 5 }]', '$NONE', '5'],
    ['["NESTED", "X"]', '$NESTED', 'in $X out'],
    ['["A.B"]', '$A.B $AxB', 'dotted $AxB'],
  ])('%s makes of "%s" "%s"', (imported, written, read) => {
    const { monitors } = configurationOf(
      `{ import_vars: ${imported}, monitors: [{ module: "m", deep: [{ text: "${written}" }] }] }`,
      { X: 'sub', XY: 'longer', EMPTY: '', NESTED: 'in $X out', 'A.B': 'dotted' },
    );

    expect(monitors[0]?.config['deep']).toEqual([{ text: read }]);
  });

  it('lets a number and a boolean be given by a variable', () => {
    const { monitors, global } = configurationOf(
      '{ import_vars: ["T", "F"], debug_level: "$T", monitors: [{ module: "m", stop_agent_on_failure: "$F" }] }',
      { T: '4', F: 'true' },
    );

    expect(global.debugLevel).toBe(4);
    expect(monitors[0]?.stopAgentOnFailure).toBe(true);
  });

  it('leaves names of members alone', () => {
    const { monitors } = configurationOf('{ import_vars: ["X"], monitors: [{ module: "m", "$X": 1 }] }', {
      X: 'sub',
    });

    expect(monitors[0]?.config).toEqual({ module: 'm', $X: 1 });
  });
});
