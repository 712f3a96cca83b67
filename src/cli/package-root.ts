import { existsSync } from 'node:fs';

/** The folder of package.json, as a URL with a final slash; the same whether the code runs from source or from dist. */
export function findPackageRoot(): URL {
  let folder = new URL('./', import.meta.url);
  while (!existsSync(new URL('package.json', folder))) {
    const parent = new URL('../', folder);
    if (parent.href === folder.href) throw new Error('Cannot find package.json above the program');
    folder = parent;
  }
  return folder;
}
