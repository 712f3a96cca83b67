import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  BuildFailure,
  BuildOptions,
  Message,
  OnResolveArgs,
  OnResolveResult,
  Plugin,
  PluginBuild,
} from 'esbuild';
import { packageEntryUrl } from '../package-files.ts';

/** What a plugin calls the package. */
const PACKAGE_NAME = 'scalyr-otel-bridge';

export type Bundle =
  /** `files`: what it was made of. */
  | { readonly kind: 'bundled'; readonly code: string; readonly files: readonly string[] }
  /** `files`: what was read, and what it imports by relative paths and is not there. */
  | { readonly kind: 'invalid'; readonly message: string; readonly files: readonly string[] };

/**
 * Makes one module of plain JavaScript of a plugin and the files it imports by relative paths. The package's own name
 * becomes the running collector; other packages are found from where the plugin stands. Stack traces keep pointing
 * into the plugin's own files.
 */
export async function bundlePlugin(file: string): Promise<Bundle> {
  const esbuild = await import('esbuild');
  const looked = new Set([file]);
  running += 1;
  try {
    const result = await esbuild.build(buildOptions(file, looked));
    const code = result.outputFiles?.[0]?.text ?? '';
    const inputs = Object.keys(result.metafile?.inputs ?? {});
    return { kind: 'bundled', code, files: inputs.map((input) => path.resolve(path.dirname(file), input)) };
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    return { kind: 'invalid', message: describeMistakes(file, error.errors), files: [...looked] };
  } finally {
    running -= 1;
    if (running === 0) await esbuild.stop();
  }
}

/** Bundles being made. When it is zero, esbuild's process is ended, which would else stay in memory. */
let running = 0;

function buildOptions(file: string, looked: Set<string>): BuildOptions {
  return {
    entryPoints: [file],
    absWorkingDir: path.dirname(file),
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    // The map is read where the bundle is stored, which is not where the plugin stands.
    sourceRoot: pathToFileURL(path.dirname(file) + path.sep).href,
    sourcesContent: true,
    keepNames: true,
    conditions: [],
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: true } },
    define: Object.fromEntries(PLACE_NAMES.map((name) => [`import.meta.${name}`, identifier(name)])),
    banner: { js: requireBanner(file) },
    logLevel: 'silent',
    plugins: [hostImports(looked)],
  };
}

/** What a module may ask about the place where it stands: the bundle stands elsewhere, so it is written into it. */
const PLACE_NAMES = ['url', 'filename', 'dirname'] as const;

/** Adds to `looked` the files that are looked for and read: of a build that fails, esbuild does not tell. */
function hostImports(looked: Set<string>): Plugin {
  return {
    name: 'host-imports',
    setup(build) {
      build.onResolve({ filter: /.*/ }, (args) => {
        if (isRelative(args.path)) looked.add(path.resolve(args.resolveDir, args.path));
        return resolveImport(build, args);
      });
      build.onLoad({ filter: /\.[cm]?[jt]sx?$/ }, async (args) => {
        looked.add(args.path);
        const source = await readFile(args.path, 'utf8');
        const loader = /\.[cm]?ts$/.test(args.path) ? 'ts' : 'js';
        return { contents: source.includes('import.meta') ? withPlace(args.path, source) : source, loader };
      });
    },
  };
}

async function resolveImport(build: PluginBuild, args: OnResolveArgs): Promise<OnResolveResult | undefined> {
  if (args.kind === 'entry-point' || args.pluginData === OURS || isRelative(args.path)) return undefined;
  if (args.path === PACKAGE_NAME) return { path: packageEntryUrl().href, external: true };
  if (isBuiltin(args.path)) return { path: args.path, external: true };
  if (args.path.startsWith('file:')) return { path: args.path, external: true };
  const { resolveDir, kind, importer } = args;
  const found = await build.resolve(args.path, { resolveDir, kind, importer, pluginData: OURS });
  if (found.errors.length === 0) {
    return { path: kind === 'require-call' ? found.path : pathToFileURL(found.path).href, external: true };
  }
  // What is imported only when it is needed may be missing until then.
  return kind === 'import-statement' ? { errors: found.errors } : { path: args.path, external: true };
}

/** Marks a question that {@link resolveImport} itself asks. */
const OURS = Symbol('host-imports');

function isRelative(specifier: string): boolean {
  return (
    specifier.startsWith('./') ||
    specifier.startsWith('../') ||
    path.isAbsolute(specifier) ||
    specifier === '.'
  );
}

/** Keeps the first line the first line, so that stack traces keep their line numbers. */
function withPlace(file: string, source: string): string {
  const places = { url: pathToFileURL(file).href, filename: file, dirname: path.dirname(file) };
  const declarations = PLACE_NAMES.map(
    (name) => `const ${identifier(name)} = ${JSON.stringify(places[name])};`,
  );
  return source.startsWith('#!') ? source : `${declarations.join(' ')} ${source}`;
}

function identifier(name: string): string {
  return `__plugin_${name}`;
}

/** CommonJS files that a plugin imports find `require` as they would where they stand. */
function requireBanner(file: string): string {
  const url = JSON.stringify(pathToFileURL(file).href);
  return `import { createRequire as __pluginCreateRequire } from 'node:module'; const require = __pluginCreateRequire(${url});`;
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}

function describeMistakes(file: string, mistakes: readonly Message[]): string {
  const lines = mistakes.map(({ text, location }) => {
    if (location === null) return text;
    const place = path.resolve(path.dirname(file), location.file);
    return `${place}:${location.line}:${location.column + 1}: ${text}\n    ${location.lineText.trim()}`;
  });
  return `Cannot read the plugin "${file}": ${lines.join('\n')}`;
}
