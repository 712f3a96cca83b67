import { describe, expect, it } from 'vitest';
import { accepted, configFolder, load, problemsOf } from './config-folder.ts';

describe('headers of a backend', () => {
  it('come from the file, from a variable or from a file, without the blanks around them', () => {
    const folder = withHeaders('{ plain: " a ", var: { env: "TOKEN" }, "x-file": { file: "secret" } }', {
      secret: '  from file\n',
    });

    const { otel } = accepted(load(folder, { TOKEN: ' from variable ' })).configuration;

    expect(otel.backends[0]?.headers).toEqual({ plain: 'a', var: 'from variable', 'x-file': 'from file' });
  });

  it('name the variables that they come from, so that plugins are kept from them', () => {
    const agentJson = `{
      import_vars: ["KEY", "TOKEN", "HOST"]
      api_key: "$KEY"
      otel: { backends: [{ endpoint: "http://$HOST", headers: { a: { env: "VAR" }, b: "Bearer $TOKEN", c: "$5" } }] }
    }`;
    const environment = { KEY: 'k', TOKEN: 't', HOST: 'h', VAR: 'v', OTHER: 'o' };

    const { global } = accepted(load(configFolder({ 'agent.json': agentJson }), environment)).configuration;

    expect(global.secretVariables).toEqual(['KEY', 'TOKEN', 'VAR']);
  });

  it.each([
    [
      '{ a: { env: "GONE" } }',
      'headers.a.env: the variable "GONE" is not set, or empty: wanted the value of the header in it',
    ],
    ['{ a: { file: "gone" } }', 'headers.a.file: cannot read "./gone": there is no such file'],
    [
      '{ a: { file: "empty" } }',
      'headers.a.file: the file "empty" is empty: wanted the value of the header in it',
    ],
    [
      '{ a: { file: "s3cret", env: "s3cret" } }',
      'headers.a: wanted a text, { env: "VARIABLE" } or { file: "path" }, found an object',
    ],
    ['{ a: 5 }', 'headers.a: wanted a text, { env: "VARIABLE" } or { file: "path" }, found a number'],
    ['{ a: "" }', 'headers.a: wanted a value that is not empty'],
    [
      '{ a: "s3cret\\r\\nx: y" }',
      'headers.a: the value has a character that a header cannot carry: a line break, a control character or one beyond Latin-1',
    ],
    [
      '{ a: "s3cret\u20ac" }',
      'headers.a: the value has a character that a header cannot carry: a line break, a control character or one beyond Latin-1',
    ],
    [
      '{ "a b": "s3cret" }',
      'headers["a b"]: wanted the name of a header: letters, digits and !#$%&\'*+-.^_`|~',
    ],
    ['{ a: "s3cret", A: "s3cret" }', 'headers.A: wanted each header once; upper and lower case are the same'],
    [
      '{ "Content-Length": "5" }',
      'headers.Content-Length: this header is set by the collector itself; leave it out',
    ],
    ['["s3cret"]', 'headers: wanted an object of headers, found a list'],
  ])('are refused without being shown: %s', (headers, problem) => {
    const problems = problemsOf(withHeaders(headers, { empty: '\n' }));

    expect(problems.map((text) => text.replace(/^agent.json:\d+:\d+: otel.backends\[0\]./, ''))).toEqual([
      problem,
    ]);
    expect(problems.join()).not.toContain('s3cret');
  });
});

function withHeaders(headers: string, files: Readonly<Record<string, string>> = {}): string {
  const agentJson = `{ otel: { backends: [{ endpoint: "http://h", headers: ${headers} }] } }`;
  return configFolder({ 'agent.json': agentJson, ...files });
}
