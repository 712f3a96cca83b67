import { isDeepStrictEqual } from 'node:util';
import type { Signal } from '../metric-line/line-block.ts';
import { SIGNALS } from '../metric-line/line-block.ts';
import type { ConfigNode, Member, ObjectNode, ScalarNode } from './config-node.ts';
import { plainValue } from './config-node.ts';
import type { SourcePosition } from './configuration.ts';
import type { Lookup } from './environment-variables.ts';
import { fillIn, variableNode } from './environment-variables.ts';
import { parsePairs } from './name-value-pairs.ts';
import { backendSection, OTLP } from './otel-options.ts';
import type { Place, ReadContext } from './place.ts';

/**
 * A backend of the file, with what it leaves out filled in from the OTEL_EXPORTER_OTLP_* variables, but for endpoint and
 * headers: what is sent where, and with which secrets, the file alone says.
 */
export function fillBackend(place: Place): ConfigNode {
  if (place.node.kind !== 'object') return place.node;
  const signals = place
    .member('signals')
    ?.elements()
    .map(({ text }) => text);
  const taken = SIGNALS.filter((signal) => signals?.includes(signal) ?? true);
  return fillIn(place.node, backendSection, sharedLookup(taken, place));
}

/**
 * The backends that the variables alone describe: one called `default`; two, called `default-metrics` and `default-logs`,
 * when the variables of one signal say something else than those of the other; none when no variable names an endpoint.
 * With `base`, that is the endpoint, whatever the variables say.
 */
export function backendsFromVariables(context: ReadContext, base?: ScalarNode): readonly ObjectNode[] {
  const described = SIGNALS.map((signal) => describe(signal, context, base)).filter(
    (backend) => backend !== undefined,
  );
  const [first, second] = described;
  if (first === undefined) return [];
  if (second === undefined) return [named('default', [first])];
  if (isDeepStrictEqual(plainValue(first.settings), plainValue(second.settings)))
    return [named('default', described)];
  return described.map((backend) => named(`default-${backend.signal}`, [backend]));
}

interface SignalBackend {
  readonly signal: Signal;
  readonly endpoint: readonly [option: string, value: ScalarNode];
  /** Everything but the endpoint. */
  readonly settings: ObjectNode;
}

function describe(signal: Signal, context: ReadContext, base?: ScalarNode): SignalBackend | undefined {
  const { environment } = context;
  const own = base ? undefined : variableNode(environment, `${OTLP}${signal.toUpperCase()}_ENDPOINT`);
  const endpoint = base ?? own ?? variableNode(environment, `${OTLP}ENDPOINT`);
  if (endpoint === undefined) return undefined;
  const members = headersMember(signal, context);
  const settings = fillIn(
    { kind: 'object', members, position: endpoint.position },
    backendSection,
    (variable) => signalNode(variable, signal, context),
  );
  return { signal, endpoint: [own === undefined ? 'endpoint' : `${signal}_endpoint`, endpoint], settings };
}

function named(name: string, backends: readonly SignalBackend[]): ObjectNode {
  const members = new Map(backends.flatMap(({ settings }) => [...settings.members]));
  const position = backends[0]?.settings.position ?? { file: OTLP, line: 1, column: 1 };
  const add = (option: string, value: ConfigNode): unknown => members.set(option, { position, value });
  add('name', { kind: 'scalar', value: name, position });
  const signals = backends.map(({ signal }): ScalarNode => ({ kind: 'scalar', value: signal, position }));
  add('signals', { kind: 'list', elements: signals, position });
  for (const { endpoint } of backends) add(...endpoint);
  return { kind: 'object', members, position };
}

function headersMember(signal: Signal, context: ReadContext): ReadonlyMap<string, Member> {
  const node = signalNode(`${OTLP}HEADERS`, signal, context);
  if (node === undefined) return new Map();
  const pairs = parsePairs(String(node.value));
  const at = (offset: number): SourcePosition => ({ ...node.position, column: offset + 1 });
  if (pairs.kind === 'invalid') {
    context.problems.push({ position: at(pairs.offset), path: 'headers', message: pairs.message });
    return new Map();
  }
  const headers = pairs.pairs.map(({ name, value, offset }): [string, Member] => {
    const position = at(offset);
    return [name, { position, value: { kind: 'scalar', value, position } }];
  });
  const value: ObjectNode = { kind: 'object', members: new Map(headers), position: node.position };
  return new Map([['headers', { position: node.position, value }]]);
}

/** The variable of one signal, such as OTEL_EXPORTER_OTLP_LOGS_TIMEOUT, or else the one for all signals. */
function signalNode(variable: string, signal: Signal, { environment }: ReadContext): ScalarNode | undefined {
  const own = variable.replace(OTLP, `${OTLP}${signal.toUpperCase()}_`);
  return variableNode(environment, own) ?? variableNode(environment, variable);
}

/** Finds variables for a backend that takes several signals; what says something else for each is left out, with a warning. */
function sharedLookup(signals: readonly Signal[], place: Place): Lookup {
  return (variable) => {
    const found = signals.map((signal) => signalNode(variable, signal, place.context));
    if (found.every((node) => node?.value === found[0]?.value)) return found[0];
    const differing = found.find((node) => node !== undefined && node.position.file !== variable);
    place.warn(
      `the variable "${differing?.position.file ?? variable}" is left out: this backend takes ${signals.join(' and ')}, ` +
        'and the variable is for one of them; set the option here, or have a backend for each signal',
    );
    return variableNode(place.context.environment, variable);
  };
}
