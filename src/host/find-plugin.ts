import { stat } from 'node:fs/promises';
import path from 'node:path';
import { packagePluginFolders } from './package-files.ts';

const EXTENSIONS = ['ts', 'mts', 'js', 'mjs'] as const;

/** What the parts of a module's name may look like: they become names of files. */
const PART = /^[\p{L}\p{N}_-]+$/u;

export type PluginLookup =
  | { readonly kind: 'found'; readonly file: string }
  /** `places` are the paths looked at, in order. */
  | { readonly kind: 'not-found'; readonly places: readonly string[]; readonly message: string }
  | { readonly kind: 'bad-name'; readonly message: string };

export interface FindPluginOptions {
  /** Folders searched after the package's own plugins, absolute, in order. */
  readonly modulePaths: readonly string[];
  /** Folders of the package's own plugins; the running package's unless a test takes its place. */
  readonly packageFolders?: readonly string[];
}

/**
 * Finds the file of a plugin. In each folder, `a.b.c` is looked for as `a/b/c` and as `c`, and either as a file, as a
 * folder with a file of its name, or as a folder with an index.
 */
export async function findPlugin(module: string, options: FindPluginOptions): Promise<PluginLookup> {
  const parts = module.split('.');
  if (!parts.every((part) => PART.test(part))) {
    const wanted = 'wanted letters, digits, "_" and "-", in parts with dots between them';
    const hint = 'give the folder in additional_monitor_module_paths';
    return { kind: 'bad-name', message: `Cannot look for the module "${module}": ${wanted}; ${hint}` };
  }
  const folders = [...(options.packageFolders ?? packagePluginFolders()), ...options.modulePaths];
  const places = folders.flatMap((folder) => placesIn(folder, parts));
  for (const place of places) {
    const file = await fileAt(place);
    if (file !== undefined) return { kind: 'found', file };
  }
  return { kind: 'not-found', places, message: notFound(module, { folders, stems: stemsOf(parts) }) };
}

/** Where a module may be below a folder, best first. */
function stemsOf(parts: readonly string[]): string[] {
  const last = parts.at(-1) ?? '';
  return parts.length === 1 ? [last] : [path.join(...parts), last];
}

/** Paths without their extension, best first. */
function placesIn(folder: string, parts: readonly string[]): string[] {
  return stemsOf(parts).flatMap((stem) =>
    [stem, path.join(stem, path.basename(stem)), path.join(stem, 'index')].map((name) =>
      path.join(folder, name),
    ),
  );
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

function notFound(
  module: string,
  { folders, stems }: { folders: readonly string[]; stems: readonly string[] },
): string {
  const names = stems.flatMap((stem) => [`${stem}.*`, `${stem}/${path.basename(stem)}.*`, `${stem}/index.*`]);
  const extensions = EXTENSIONS.map((extension) => `.${extension}`).join(', ');
  return (
    `Cannot find the monitor module "${module}": looked for ${names.join(', ')} (${extensions}); put the plugin into one ` +
    `of these folders, or add its folder to additional_monitor_module_paths\n${folders.map((folder) => `  ${folder}`).join('\n')}`
  );
}
