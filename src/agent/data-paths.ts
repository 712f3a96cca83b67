import path from 'node:path';
import type { Signal } from '../metric-line/line-block.ts';

/** Where the collector keeps its files below `agent_data_path`. */
export interface DataPaths {
  readonly spool: Readonly<Record<Signal, string>>;
  readonly ledger: string;
  readonly definitions: string;
  readonly status: string;
  readonly deadLetters: string;
  readonly pluginCache: string;
}

export function dataPaths(agentDataPath: string): DataPaths {
  const below = (...names: string[]): string => path.join(agentDataPath, ...names);
  return {
    spool: { metrics: below('spool', 'metrics'), logs: below('spool', 'logs') },
    ledger: below('ledger.json'),
    definitions: below('definitions.json'),
    status: below('status.json'),
    deadLetters: below('dead-letter'),
    pluginCache: below('plugin-cache'),
  };
}
