import type { ConfigObject } from './config-value.ts';

/** Everything the collector was told, read, checked and with its defaults filled in. */
export interface Configuration {
  /** Files read, absolute, in the order they were read; the first is agent.json. */
  readonly files: readonly string[];
  /** Folder of metric logs and of the collector's own log; absolute. */
  readonly agentLogPath: string;
  /** Folder of the spool, cursors, ledger, dead letters and caches; absolute. */
  readonly agentDataPath: string;
  readonly monitors: readonly MonitorEntry[];
  /** `server_attributes`, values as written; `serverHost` is filled in with the host name where it is missing. */
  readonly serverAttributes: Readonly<Record<string, string>>;
  readonly global: GlobalSettings;
  readonly otel: OtelSettings;
}

/** Keys of the Scalyr agent that the collector honours for all monitors. Times in seconds, sizes in bytes. */
export interface GlobalSettings {
  readonly configChangeCheckIntervalSecs: number;
  readonly sampleIntervalSecs: number;
  readonly sampleIntervalJitter: boolean;
  /** Folders searched for plugins, absolute, in order: monitors/local, monitors/contrib, additional_monitor_module_paths. */
  readonly modulePaths: readonly string[];
  readonly logRotationMaxBytes: number;
  readonly logRotationBackupCount: number;
  readonly calculateRateMetricNames: readonly string[];
  /** 0 to 5, as `debug_level`. */
  readonly debugLevel: number;
  /** Names of the environment variables that secrets were taken from: monitors do not get to see them. */
  readonly secretVariables: readonly string[];
}

/** One entry of `monitors`, with the id the agent would give it. */
export interface MonitorEntry {
  /** As written, possibly dotted. */
  readonly module: string;
  /** What stands in the brackets of the line: `''` for a lone instance without an id. */
  readonly id: string;
  /** `<last part of module>(<id>)`: the name in metric lines, in the ledger and in the status. */
  readonly name: string;
  /** The whole entry, import_vars replaced, members that are null removed. */
  readonly config: ConfigObject;
  readonly source: SourcePosition;
  /** Undefined: the default of its runtime, `process` for Python, for TypeScript `thread` or, of many instances, `shared`. */
  readonly isolation?: 'thread' | 'process' | 'shared' | undefined;
  /** What it is written in; undefined: whatever is found first. */
  readonly runtime?: 'python' | 'typescript' | undefined;
  readonly stopAgentOnFailure: boolean;
}

/** A place in a configuration file; `line` and `column` count from 1. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One thing that is wrong with the configuration. */
export interface Problem {
  readonly position: SourcePosition | undefined;
  /** Where in the document, as a reader would say it: `otel.backends[0].endpoint`; empty for the whole file. */
  readonly path: string;
  /** One sentence: what was wanted, what was found, what to do. */
  readonly message: string;
}

/** The section `otel`. Times in milliseconds, sizes in bytes, as in the OpenTelemetry configuration schema. */
export interface OtelSettings {
  readonly backends: readonly BackendSettings[];
  readonly exportIntervalMs: number;
  readonly resourceAttributes: Readonly<Record<string, string | number | boolean>>;
  readonly spool: SpoolSettings;
  readonly text: TextMode;
  readonly cumulative: 'gauge' | 'sum';
  /** Extra fields that never become attributes. */
  readonly dropAttributes: readonly string[];
  readonly isolation: IsolationSettings;
  readonly python: PythonSettings;
  readonly selfMetrics: { readonly enabled: boolean; readonly intervalMs: number };
}

/** What becomes of a text value on the OTLP side (design decision 5). */
export type TextMode = 'logs' | 'info' | 'drop';

export interface SpoolSettings {
  readonly maxBytes: number;
  /** `interval`: fdatasync once a second; `always`: before a line counts as written; `never`: left to the system. */
  readonly fsync: 'interval' | 'always' | 'never';
}

/** Limits a plugin lives within. */
export interface IsolationSettings {
  readonly memoryLimitBytes: number;
  /** A gather that takes longer is a hang: the host is killed and restarted. */
  readonly gatherDeadlineMs: number;
  /** Instances of one TypeScript monitor beyond which they share threads. */
  readonly shareAbove: number;
  /** User that Python monitors run as; undefined: that of the collector. */
  readonly user?: string | undefined;
}

/** Which Python runs Python monitors. */
export interface PythonSettings {
  /** Absolute path, or a name in PATH; undefined: the usual names. */
  readonly interpreter?: string | undefined;
  /** Folder with an installed agent's `scalyr_agent`, absolute; undefined: the collector's own package. */
  readonly scalyrAgentPath?: string | undefined;
}

/** One OTLP backend. */
export interface BackendSettings {
  readonly name: string;
  /** Base endpoint, as in OTEL_EXPORTER_OTLP_ENDPOINT: `/v1/metrics` and `/v1/logs` are appended. May be printed. */
  readonly endpoint: string;
  /** Full URLs that win over `endpoint`, as in OTEL_EXPORTER_OTLP_METRICS_ENDPOINT. */
  readonly signalEndpoints: Readonly<Partial<Record<'metrics' | 'logs', string>>>;
  readonly protocol: 'http/protobuf' | 'http/json';
  /** Resolved values; secrets, never printed. */
  readonly headers: Readonly<Record<string, string>>;
  readonly compression: 'gzip' | 'none';
  /** Deadline of one request from its start to the last byte of the answer. */
  readonly timeoutMs: number;
  readonly tls: TlsSettings;
  readonly signals: readonly ('metrics' | 'logs')[];
  /** Most points or log records in one request. */
  readonly maxExportBatchSize: number;
}

/** Paths of PEM files, absolute. */
export interface TlsSettings {
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
}
