import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { BadMonitorConfiguration } from 'scalyr-otel-bridge';
import { parseMib } from './parse-mib.ts';
import type { MibModule } from './parse-mib.ts';

/** The MIBs of the IETF and of a vendor are a few megabytes together. */
const MAX_BYTES = 16 * 1024 * 1024;

/** What pysnmp made of MIBs, for the Scalyr agent's monitor. */
const COMPILED = /\.py[co]?$/;

/** The modules in the files of a folder. Throws BadMonitorConfiguration. */
export async function readMibFolder(folder: string): Promise<MibModule[]> {
  const modules: MibModule[] = [];
  let bytes = 0;
  for (const file of await filesIn(folder)) {
    const text = await readFile(file, 'utf8').catch((error: Error) => {
      throw wrong(file, `${error.message}; let the user that the collector runs as read it`, error);
    });
    bytes += text.length;
    if (bytes > MAX_BYTES)
      throw wrong(
        folder,
        `its files are larger than ${MAX_BYTES} bytes; give a folder with the MIBs that are used`,
      );
    modules.push(...parseMib(text));
  }
  return modules;
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: Error) => {
    throw wrong(folder, `${error.message}; correct mib_path, or leave it out`, error);
  });
  return entries
    .filter((entry) => (entry.isFile() || entry.isSymbolicLink()) && !COMPILED.test(entry.name))
    .map(({ name }) => path.join(folder, name))
    .sort();
}

function wrong(subject: string, why: string, cause?: Error): BadMonitorConfiguration {
  return new BadMonitorConfiguration(`Cannot read MIBs from "${subject}": ${why}`, 'mib_path', { cause });
}
