import { readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ConfigNode } from './config-node.ts';
import { replaceImportedVariables } from './import-variables.ts';
import { parseDialect } from './parse-dialect.ts';
import type { ReadContext } from './place.ts';
import { Place } from './place.ts';
import { errorCode, readConfigFile, reasonOf } from './read-config-file.ts';

/** One file of the configuration, its variables replaced. */
export interface Document {
  /** Absolute. */
  readonly file: string;
  readonly root: Place;
}

export interface ConfigFiles {
  /** Absolute, in the order of reading, those that could not be read among them. */
  readonly files: readonly string[];
  /** Those that could be read, in the same order. */
  readonly documents: readonly Document[];
}

/**
 * Reads agent.json, then the fragments: every `*.json` of `config_directory` ("agent.d" beside agent.json) and of
 * SCALYR_EXTRA_CONFIG_DIR, sorted by name.
 */
export function readConfigFiles(path: string, context: ReadContext): ConfigFiles {
  const main = readDocument(path, context);
  const files = [
    path,
    ...fragmentFolders(path, main, context).flatMap((folder) => listFragments(folder, context)),
  ];
  const fragments = files.slice(1).map((file) => readDocument(file, context));
  return { files, documents: [main, ...fragments].filter((document) => document !== undefined) };
}

function readDocument(file: string, context: ReadContext): Document | undefined {
  const read = readConfigFile(file);
  if (read.kind === 'failed') {
    const position = read.place && { file, ...read.place };
    context.problems.push({ position, path: '', message: read.message });
    return undefined;
  }
  const parsed = parseDialect(read.text, { file });
  if (parsed.kind === 'invalid') {
    context.problems.push(parsed.problem);
    return undefined;
  }
  return { file, root: replaceImportedVariables(documentRoot(parsed.document, context)) };
}

function documentRoot(document: ConfigNode, context: ReadContext): Place {
  const root = new Place(document, '', context);
  if (document.kind === 'object') return root;
  root.rejectKind('an object, { … }, as the whole of the file');
  return root.withNode({ kind: 'object', members: new Map(), position: document.position });
}

function fragmentFolders(
  path: string,
  main: Document | undefined,
  context: ReadContext,
): readonly FragmentFolder[] {
  const { environment } = context;
  const named = main?.root.member('config_directory')?.text ?? environment['SCALYR_CONFIG_DIRECTORY'];
  const extra = environment['SCALYR_EXTRA_CONFIG_DIR'];
  const folders: FragmentFolder[] = [
    { path: resolve(dirname(path), named || 'agent.d'), isDefault: !named, origin: 'config_directory' },
  ];
  if (extra)
    folders.push({
      path: resolve(dirname(path), extra),
      isDefault: false,
      origin: 'SCALYR_EXTRA_CONFIG_DIR',
    });
  return folders.filter(
    (folder, index) => folders.findIndex((other) => other.path === folder.path) === index,
  );
}

interface FragmentFolder {
  readonly path: string;
  /** Nobody asked for this folder, so nothing is wrong when it does not exist. */
  readonly isDefault: boolean;
  readonly origin: string;
}

function listFragments(folder: FragmentFolder, context: ReadContext): readonly string[] {
  try {
    const names = readdirSync(folder.path).filter((name) => name.endsWith('.json'));
    return names.sort().map((name) => join(folder.path, name));
  } catch (error) {
    const message = `cannot read the folder "${folder.path}": ${reasonOf(error)}`;
    if (errorCode(error) !== 'ENOENT')
      context.problems.push({ position: undefined, path: folder.origin, message });
    else if (!folder.isDefault) context.warnings.push({ position: undefined, path: folder.origin, message });
    return [];
  }
}
