import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Where the running package keeps its files. What runs inside a guest is always compiled code, also when the collector
 * itself runs from its sources, as it does under test: plain Node can start nothing else.
 */
export const packageRoot: string = findPackageRoot(path.dirname(fileURLToPath(import.meta.url)));

/** URL of a compiled source file: `compiledUrl('host/inside/worker-entry')`. */
export function compiledUrl(source: string): URL {
  return pathToFileURL(path.join(packageRoot, 'dist', 'src', `${source}.js`));
}

/** What `import … from 'scalyr-otel-bridge'` means in a plugin. */
export function packageEntryUrl(): URL {
  return compiledUrl('monitor/index');
}

/** Folders of the plugins that come with the package, best first: compiled, then as written. */
export function packagePluginFolders(): readonly string[] {
  return [path.join(packageRoot, 'dist', 'plugins'), path.join(packageRoot, 'plugins')];
}

function findPackageRoot(folder: string): string {
  if (existsSync(path.join(folder, 'package.json'))) return folder;
  const parent = path.dirname(folder);
  if (parent === folder)
    throw new Error('Cannot find the package.json of the collector: reinstall the package');
  return findPackageRoot(parent);
}
