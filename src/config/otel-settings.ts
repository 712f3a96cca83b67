import type { BackendSettings, OtelSettings } from './configuration.ts';
import type { ConfigNode, ObjectNode, ScalarNode } from './config-node.ts';
import { withoutQuery } from './endpoint.ts';
import type { BackendValues, OtelValues } from './otel-options.ts';
import { backendSection, otelSection } from './otel-options.ts';
import { backendsFromVariables, fillBackend } from './otlp-variables.ts';
import type { ReadContext } from './place.ts';
import { Place } from './place.ts';
import { withEnvironmentAttributes } from './resource-attributes.ts';
import { complete } from './value-type.ts';

/** Reads the section `otel` and the standard variables of OpenTelemetry. Undefined when something is wrong in them. */
export function readOtelSettings(root: Place): OtelSettings | undefined {
  const { context } = root;
  const place = root.member('otel') ?? new Place(emptyObject(root.node), 'otel', context);
  const filled = place.node.kind === 'object' ? place.withNode(withBackends(place, place.node)) : place;
  const namesAreFine = checkNames(filled.member('backends')?.elements() ?? []);
  const values = otelSection.read(filled);
  return values && namesAreFine ? otelSettings(values, context) : undefined;
}

/** The backends of a base endpoint and the OTEL_EXPORTER_OTLP_* variables. Undefined when something is wrong in them. */
export function readLoneBackends(
  endpoint: ScalarNode,
  context: ReadContext,
): readonly BackendSettings[] | undefined {
  const places = backendsFromVariables(context, endpoint).map((node) => new Place(node, '', context));
  return complete(places.map((place) => backendSection.read(place)))?.map(backendSettings);
}

function withBackends(place: Place, node: ObjectNode): ObjectNode {
  const written = place.member('backends');
  if (written !== undefined && written.node.kind !== 'list') return node;
  const ofFile = (written?.elements() ?? []).map(fillBackend);
  const elements = ofFile.length > 0 ? ofFile : backendsFromVariables(place.context);
  const position = written?.node.position ?? node.position;
  return {
    ...node,
    members: new Map([
      ...node.members,
      ['backends', { position, value: { kind: 'list', elements, position } }],
    ]),
  };
}

/** Cursors and dead letters of a backend are files with its name, so each needs one of its own, in any case of letters. */
function checkNames(backends: readonly Place[]): boolean {
  const met = new Set<string | undefined>();
  const wrong = backends.filter((backend) => {
    const name = backend.member('name')?.text?.toLowerCase();
    const isWrong = backends.length > 1 && (name === undefined || met.has(name));
    met.add(name);
    return isWrong;
  });
  for (const backend of wrong) {
    const name = backend.member('name');
    if (name === undefined) backend.reject('"name" is missing: wanted a name for each of several backends');
    else if (name.text !== undefined)
      name.reject('another backend has this name: wanted one of its own for each');
  }
  return wrong.length === 0;
}

function otelSettings(values: OtelValues, context: ReadContext): OtelSettings {
  return {
    backends: values.backends.map(backendSettings),
    exportIntervalMs: values.export_interval,
    resourceAttributes: withEnvironmentAttributes(values.resource.attributes, context),
    spool: { maxBytes: values.spool.max_bytes, fsync: values.spool.fsync },
    text: values.text,
    cumulative: values.cumulative,
    dropAttributes: values.attributes.drop,
    isolation: {
      memoryLimitBytes: values.isolation.memory_limit_bytes,
      gatherDeadlineMs: values.isolation.gather_deadline_ms,
      shareAbove: values.isolation.share_above,
      user: values.isolation.user,
    },
    python: {
      interpreter: values.python.interpreter,
      scalyrAgentPath: values.python.scalyr_agent_path,
    },
    selfMetrics: { enabled: values.self_metrics.enabled, intervalMs: values.self_metrics.interval },
  };
}

function backendSettings(values: BackendValues): BackendSettings {
  const { metrics_endpoint: metrics, logs_endpoint: logs, tls } = values;
  return {
    name: values.name ?? 'default',
    endpoint: values.endpoint ?? withoutQuery(metrics ?? logs ?? ''),
    signalEndpoints: { ...(metrics && { metrics }), ...(logs && { logs }) },
    protocol: values.protocol,
    headers: values.headers,
    compression: values.compression,
    timeoutMs: values.timeout,
    tls: {
      ...(tls.ca_file && { caFile: tls.ca_file }),
      ...(tls.cert_file && { certFile: tls.cert_file }),
      ...(tls.key_file && { keyFile: tls.key_file }),
    },
    signals: [...new Set(values.signals)],
    maxExportBatchSize: values.max_export_batch_size,
  };
}

function emptyObject({ position }: ConfigNode): ObjectNode {
  return { kind: 'object', members: new Map(), position };
}
