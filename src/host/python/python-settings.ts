/** Which Python monitors get, as `otel.python` says. */
export interface PythonSettings {
  /** A program, by its path or by a name in PATH; without it, the usual names are tried. */
  readonly interpreter?: string | undefined;
  /** Folder with an installed agent's `scalyr_agent` package; without it, that of the collector is used. */
  readonly scalyrAgentPath?: string | undefined;
  /** Whether monitors share one process instead of getting one each. */
  readonly shared?: boolean | undefined;
  /** User that monitors run as; without it, that of the collector. */
  readonly user?: string | undefined;
}
