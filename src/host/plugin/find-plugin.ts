import { stat } from 'node:fs/promises';
import path from 'node:path';
import { packagePluginFolders } from '../package-files.ts';

const EXTENSIONS = ['ts', 'mts', 'js', 'mjs'] as const;

/** What the parts of a module's name may look like: they become names of files. */
const PART = /^[\p{L}\p{N}_-]+$/u;

/** The agent's own monitors have names that begin so. */
const AGENT_PACKAGE = 'scalyr_agent';

export type Runtime = 'typescript' | 'python';

export type PluginLookup =
  | { readonly kind: 'found'; readonly runtime: 'typescript'; readonly file: string }
  /** `folder` is where Python has to look for the module. Both are undefined for one that Python itself has to find. */
  | {
      readonly kind: 'found';
      readonly runtime: 'python';
      readonly file: string | undefined;
      readonly folder: string | undefined;
    }
  /** `places` are the paths looked at, in order. */
  | { readonly kind: 'not-found'; readonly places: readonly string[]; readonly message: string }
  | { readonly kind: 'bad-name'; readonly message: string };

export interface FindPluginOptions {
  /** Folders searched before the package's own plugins, absolute, in order. */
  readonly modulePaths: readonly string[];
  /** What the plugin has to be written in; undefined: whatever is found first. */
  readonly runtime?: Runtime | undefined;
  /** Whether there is an installed Scalyr agent, whose monitors are meant by their dotted names. */
  readonly hasInstalledAgent?: boolean;
  /** Folders of the package's own plugins; the running package's unless a test takes its place. */
  readonly packageFolders?: readonly string[];
}

/**
 * Finds the file of a plugin. In each folder, TypeScript comes before Python.
 *
 * - TypeScript: `a.b.c` is looked for as `a/b/c` and as `c`, and either as a file, as a folder with a file of its name, or
 *   as a folder with an index.
 * - Python: `a.b.c` is `a/b/c.py` or `a/b/c/__init__.py`, as an import has it; `c` is also `c/c.py`.
 *
 * The dotted name of one of the agent's own monitors means the installed agent's; without one, the package's plugin.
 */
export async function findPlugin(module: string, options: FindPluginOptions): Promise<PluginLookup> {
  const parts = module.split('.');
  if (!parts.every((part) => PART.test(part))) {
    const wanted = 'wanted letters, digits, "_" and "-", in parts with dots between them';
    const hint = 'give the folder in additional_monitor_module_paths';
    return { kind: 'bad-name', message: `Cannot look for the module "${module}": ${wanted}; ${hint}` };
  }
  const isAgents = parts.length > 1 && parts[0] === AGENT_PACKAGE;
  const { runtime, hasInstalledAgent = false, modulePaths } = options;
  if (isAgents && hasInstalledAgent && runtime !== 'typescript') return FOUND_BY_PYTHON;
  const own = options.packageFolders ?? packagePluginFolders();
  const folders = isAgents ? [...own, ...modulePaths] : [...modulePaths, ...own];
  for (const folder of folders) {
    const found = await findIn(folder, { parts, runtime });
    if (found !== undefined) return found;
  }
  if (runtime === 'python') return FOUND_BY_PYTHON;
  const places = folders.flatMap((folder) => placesIn(folder, { parts, runtime }));
  return { kind: 'not-found', places, message: notFound(module, { folders, parts, runtime }) };
}

const FOUND_BY_PYTHON: PluginLookup = {
  kind: 'found',
  runtime: 'python',
  file: undefined,
  folder: undefined,
};

/** What is looked for in each folder. */
interface Wanted {
  readonly parts: readonly string[];
  readonly runtime: Runtime | undefined;
}

async function findIn(folder: string, { parts, runtime }: Wanted): Promise<PluginLookup | undefined> {
  for (const place of runtime === 'python' ? [] : typeScriptPlaces(folder, parts)) {
    const file = await fileAt(place);
    if (file !== undefined) return { kind: 'found', runtime: 'typescript', file };
  }
  for (const { name, searched } of runtime === 'typescript' ? [] : pythonPlaces(parts)) {
    const file = path.join(folder, name);
    if (await isFile(file))
      return { kind: 'found', runtime: 'python', file, folder: path.join(folder, searched) };
  }
  return undefined;
}

function placesIn(folder: string, { parts, runtime }: Wanted): string[] {
  const python = pythonPlaces(parts).map(({ name }) => path.join(folder, name));
  if (runtime === 'python') return python;
  return runtime === 'typescript'
    ? typeScriptPlaces(folder, parts)
    : [...typeScriptPlaces(folder, parts), ...python];
}

/** Where a module of TypeScript may be below a folder, best first. */
function stemsOf(parts: readonly string[]): string[] {
  const last = parts.at(-1) ?? '';
  return parts.length === 1 ? [last] : [path.join(...parts), last];
}

/** Paths without their extension, best first. */
function typeScriptPlaces(folder: string, parts: readonly string[]): string[] {
  return stemsOf(parts).flatMap((stem) =>
    [stem, path.join(stem, path.basename(stem)), path.join(stem, 'index')].map((name) =>
      path.join(folder, name),
    ),
  );
}

/** Files below a folder, best first, and the folder below it in which Python has to search for the module. */
function pythonPlaces(parts: readonly string[]): { readonly name: string; readonly searched: string }[] {
  const stem = path.join(...parts);
  const places = [
    { name: `${stem}.py`, searched: '' },
    { name: path.join(stem, '__init__.py'), searched: '' },
  ];
  return parts.length > 1 ? places : [...places, { name: path.join(stem, `${stem}.py`), searched: stem }];
}

async function fileAt(place: string): Promise<string | undefined> {
  for (const extension of EXTENSIONS) {
    const file = `${place}.${extension}`;
    if (await isFile(file)) return file;
  }
  return undefined;
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

function notFound(module: string, { folders, ...wanted }: Wanted & { folders: readonly string[] }): string {
  const { parts, runtime } = wanted;
  const extensions = EXTENSIONS.map((extension) => `.${extension}`).join(', ');
  const typeScript = stemsOf(parts).flatMap((stem) => [
    `${stem}.*`,
    `${stem}/${path.basename(stem)}.*`,
    `${stem}/index.*`,
  ]);
  const python = pythonPlaces(parts).map(({ name }) => name);
  const names = [...typeScript, ...(runtime === 'typescript' ? [] : python)].join(', ');
  return (
    `Cannot find the monitor module "${module}": looked for ${names} (* is one of ${extensions}); put the plugin into one ` +
    `of these folders, or add its folder to additional_monitor_module_paths\n${folders.map((folder) => `  ${folder}`).join('\n')}`
  );
}
