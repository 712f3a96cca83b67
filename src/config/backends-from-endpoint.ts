import type { BackendSettings, Problem } from './configuration.ts';
import { readLoneBackends } from './otel-settings.ts';
import type { Environment, ReadContext } from './place.ts';

export type BackendsOutcome =
  | {
      readonly kind: 'ok';
      readonly backends: readonly BackendSettings[];
      readonly warnings: readonly Problem[];
    }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/**
 * What the option `--otlp URL` stands for: the URL in the place of OTEL_EXPORTER_OTLP_ENDPOINT, and all else as the
 * OTEL_EXPORTER_OTLP_* variables have it. One backend; two, when the variables of one signal differ from the other's.
 */
export function backendsFromEndpoint(
  endpoint: string,
  { environment, folder }: { readonly environment: Environment; readonly folder: string },
): BackendsOutcome {
  const context: ReadContext = {
    environment,
    folder,
    problems: [],
    warnings: [],
    secretVariables: new Set(),
  };
  const position = { file: '--otlp', line: 1, column: 1 };
  const backends = readLoneBackends({ kind: 'scalar', value: endpoint, position }, context);
  return backends !== undefined && context.problems.length === 0
    ? { kind: 'ok', backends, warnings: context.warnings }
    : { kind: 'invalid', problems: context.problems };
}
