import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundlePlugin } from './bundle-plugin.ts';
import { packagePluginFolders } from '../package-files.ts';
import { PluginCache } from './plugin-cache.ts';

export type PreparedPlugin =
  /** `url` can be imported by plain Node; `files` are what may change: none for the package's own plugins. */
  | { readonly kind: 'ready'; readonly url: string; readonly files: readonly string[] }
  /** `message` names file, line and column of each mistake; `files` are what may be mended. */
  | { readonly kind: 'invalid'; readonly message: string; readonly files: readonly string[] };

export interface PreparePluginOptions {
  /** Folder for bundles, made when it is missing (mode 0700). */
  readonly cacheFolder: string;
}

/**
 * Makes a plugin's file importable inside a host: the package's compiled plugins are so already; others are bundled
 * with their relative imports, so a `.ts` file runs as it is. Rejects when the cache folder cannot be written.
 */
export async function preparePlugin(file: string, options: PreparePluginOptions): Promise<PreparedPlugin> {
  if (isCompiledPackagePlugin(file)) return { kind: 'ready', url: pathToFileURL(file).href, files: [] };
  const bundle = await bundlePlugin(file);
  if (bundle.kind === 'invalid') return bundle;
  const stored = await new PluginCache(options.cacheFolder).store(file, bundle.code);
  return { kind: 'ready', url: pathToFileURL(stored).href, files: bundle.files };
}

function isCompiledPackagePlugin(file: string): boolean {
  const [compiled] = packagePluginFolders();
  return compiled !== undefined && file.startsWith(compiled + path.sep);
}
