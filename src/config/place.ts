import { resolve } from 'node:path';
import type { ConfigNode } from './config-node.ts';
import { describeKind, describeNode } from './config-node.ts';
import type { Problem } from './configuration.ts';

/** Variables of the environment, passed in. An empty one counts as absent, as OpenTelemetry and the agent have it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What reading a configuration needs from outside, and where it puts what it finds wrong. */
export interface ReadContext {
  readonly environment: Environment;
  /** Absolute; relative paths start here: the folder of agent.json. */
  readonly folder: string;
  readonly problems: Problem[];
  readonly warnings: Problem[];
  /** Names of variables whose values are secrets: of headers, and of the api_key. Collected while reading. */
  readonly secretVariables: Set<string>;
}

/** A node of the configuration under the name that a reader knows it by. */
export class Place {
  readonly node: ConfigNode;
  /** `otel.backends[0].endpoint`; empty for the whole document. */
  readonly path: string;
  readonly context: ReadContext;

  constructor(node: ConfigNode, path: string, context: ReadContext) {
    this.node = node;
    this.path = path;
    this.context = context;
  }

  /** The text that stands here, if it is one. */
  get text(): string | undefined {
    return this.node.kind === 'scalar' && typeof this.node.value === 'string' ? this.node.value : undefined;
  }

  /** Places of the members of an object; none for anything else. */
  members(): readonly (readonly [name: string, place: Place])[] {
    if (this.node.kind !== 'object') return [];
    return [...this.node.members].map(([name, { value }]) => [
      name,
      this.#child(value, memberPath(this.path, name)),
    ]);
  }

  member(name: string): Place | undefined {
    const member = this.node.kind === 'object' ? this.node.members.get(name) : undefined;
    return member && this.#child(member.value, memberPath(this.path, name));
  }

  /** Places of the elements of a list; none for anything else. */
  elements(): readonly Place[] {
    if (this.node.kind !== 'list') return [];
    return this.node.elements.map((element, index) => this.#child(element, `${this.path}[${index}]`));
  }

  /** Another node in the place of this one. */
  withNode(node: ConfigNode): Place {
    return new Place(node, this.path, this.context);
  }

  /** Where a path that is written here leads. */
  resolvePath(path: string): string {
    return resolve(this.context.folder, path);
  }

  /** Reports a problem; the undefined it returns is what a reader of values returns then. */
  reject(message: string, position = this.node.position): undefined {
    this.context.problems.push({ position, path: this.path, message });
  }

  /** Reports that something else stands here than what was wanted. Not for secrets: it shows what was found. */
  rejectFound(wanted: string): undefined {
    return this.reject(`wanted ${wanted}, found ${describeNode(this.node)}`);
  }

  /** Reports that another kind of thing stands here than what was wanted, without showing it. */
  rejectKind(wanted: string): undefined {
    return this.reject(`wanted ${wanted}, found ${describeKind(this.node)}`);
  }

  warn(message: string): void {
    this.context.warnings.push({ position: this.node.position, path: this.path, message });
  }

  #child(node: ConfigNode, path: string): Place {
    return new Place(node, path, this.context);
  }
}

/** `a.b`, or `a["b c"]` for a name that is not a plain word. */
export function memberPath(path: string, name: string): string {
  if (!/^[A-Za-z_][\w-]*$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === '' ? name : `${path}.${name}`;
}
