/** An object that a MIB gives a number: below its parent, by the arcs that follow. */
export interface MibObject {
  readonly name: string;
  /** Name of an object of this module or of one that it imports from; undefined for a number that stands by itself. */
  readonly parent?: string;
  readonly arcs: readonly string[];
}

/** What a module tells about the numbers of its objects. */
export interface MibModule {
  readonly name: string;
  readonly objects: readonly MibObject[];
  /** Name of what is imported, and of the module it comes from. */
  readonly imports: ReadonlyMap<string, string>;
}

/**
 * The modules in the text of a MIB file (SMIv1 or SMIv2). Only names and numbers of objects are read; what else a module
 * says, and what is malformed, is passed over. Takes time in proportion to the text.
 */
export function parseMib(text: string): MibModule[] {
  const tokens = tokensOf(text);
  const starts = tokens.flatMap((token, at) => (token === 'DEFINITIONS' ? [at] : []));
  return starts.flatMap((start, index) => {
    const name = moduleNameBefore(tokens, start);
    return name === undefined ? [] : [readModule(name, tokens.slice(start, starts[index + 1]))];
  });
}

/** Words, numbers, `::=` and single signs; comments and texts in quotes are left out. */
function tokensOf(text: string): string[] {
  return Array.from(
    text.matchAll(/"[^"]*"|--[^\n]*|::=|[A-Za-z][A-Za-z0-9_-]*|\d+|[^\s"]/g),
    ([token]) => token,
  ).filter((token) => !token.startsWith('"') && !token.startsWith('--'));
}

/** `NAME DEFINITIONS`, or with a number for the module: `NAME { iso 1 } DEFINITIONS`. */
function moduleNameBefore(tokens: readonly string[], at: number): string | undefined {
  const before = tokens[at - 1] === '}' ? tokens.lastIndexOf('{', at) : at;
  const name = tokens[before - 1];
  return name !== undefined && /^[A-Z]/.test(name) ? name : undefined;
}

/** What gives an object its number, by the word behind its name. */
const DEFINES = new Set([
  'OBJECT-TYPE',
  'OBJECT-IDENTITY',
  'MODULE-IDENTITY',
  'MODULE-COMPLIANCE',
  'OBJECT-GROUP',
  'NOTIFICATION-TYPE',
  'NOTIFICATION-GROUP',
  'AGENT-CAPABILITIES',
  'OBJECT',
]);

/** Tokens between the braces. */
const LONGEST_NUMBER = 600;

function readModule(name: string, tokens: readonly string[]): MibModule {
  const objects: MibObject[] = [];
  let defined: string | undefined;
  for (const [at, token] of tokens.entries()) {
    const before = tokens[at - 1] ?? '';
    if (DEFINES.has(token) && /^[a-z]/.test(before)) defined = before;
    if (token !== '::=' || tokens[at + 1] !== '{' || defined === undefined) continue;
    const number = tokens.slice(at + 2, at + 2 + LONGEST_NUMBER);
    const object = readNumber(defined, number.slice(0, Math.max(0, number.indexOf('}'))));
    if (object !== undefined) objects.push(object);
    defined = undefined;
  }
  return { name, objects, imports: readImports(tokens) };
}

/** `ifEntry 10`, `iso(1) org(3) 6`, `enterprises acme(99) 1`. */
function readNumber(name: string, tokens: readonly string[]): MibObject | undefined {
  const [, first = '', rest = ''] = /^([A-Za-z][\w-]*(?![\w-]| \())?(.*)$/.exec(tokens.join(' ')) ?? [];
  const arcs = rest.replaceAll(/[A-Za-z][\w-]* \( (\d+) \)/g, '$1').trim();
  if (!/^\d+( \d+)*$/.test(arcs)) return undefined;
  return { name, ...(first !== '' && { parent: first }), arcs: arcs.split(' ') };
}

function readImports(tokens: readonly string[]): Map<string, string> {
  const imports = new Map<string, string>();
  const start = tokens.indexOf('IMPORTS');
  const end = tokens.indexOf(';', start);
  if (start < 0 || end < 0) return imports;
  let names: string[] = [];
  for (let at = start + 1; at < end; at++) {
    const token = tokens[at] ?? '';
    if (token === 'FROM') {
      at++;
      for (const name of names) imports.set(name, tokens[at] ?? '');
      names = [];
    } else if (token !== ',') {
      names.push(token);
    }
  }
  return imports;
}
